package org.vidvec.eval;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.generation.Generator;
import org.vidvec.media.Sampling;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelParts;
import org.vidvec.model.ProcessorChoices;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptProcessor;

/** A checkpoint's networks by what they compute in, loaded when they are first asked for. */
final class Networks implements AutoCloseable {

    private final ModelParts parts;
    private final Path adapter;
    private final Map<DType, VisionLanguageNetwork> loaded = new EnumMap<>(DType.class);

    /**
     * @param adapter folder of an adapter that is merged; null for none
     */
    Networks(ModelParts parts, Path adapter) {
        this.parts = parts;
        this.adapter = adapter;
    }

    VisionLanguageNetwork get(DType dtype) throws ModelException {
        VisionLanguageNetwork network = loaded.get(dtype);
        if (network == null) {
            network = parts.network(dtype, adapter);
            loaded.put(dtype, network);
        }
        return network;
    }

    /** Writes in float32; no token ends its texts. */
    Generator generator() throws ModelException {
        return new Generator(get(DType.FLOAT32), parts.tokenizer(), Set.of());
    }

    PromptProcessor processor(PositionRule rule, ProcessorChoices choices) throws ModelException {
        return parts.processor(rule, choices);
    }

    /** How the family's own processor samples, called with these arguments. */
    Optional<Sampling> ownSampling(JsonObject arguments) throws ModelException {
        return parts.ownSampling(arguments);
    }

    long padToken() throws ModelException {
        return parts.padToken();
    }

    @Override
    public void close() {
        loaded.values().forEach(VisionLanguageNetwork::close);
    }
}
