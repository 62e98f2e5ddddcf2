package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vidvec.backbone.HeadKind;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.backbone.KvFormerLearner;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.SafetensorsWriter;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;
import org.vidvec.model.KvFormerCard;
import org.vidvec.model.TrainableModel;

/**
 * A head that is learnt, and its files; the mean alone has nothing to learn and no weights.
 *
 * @param learner the head
 * @param layer decoder layer that it reads, from 1
 * @param first its first values: those of the model's own head, or random ones
 * @param decaysAlone whether weight decay is for nothing else
 */
record LearntHead(
        KvFormerLearner learner, int layer, Map<String, float[]> first, boolean decaysAlone)
        implements AutoCloseable {

    /** Before its parameters' names, among those of a network. */
    private static final String AT = "kv_former.";

    /**
     * The head of a run: that of the model's card, or a new one if the run asks for it.
     *
     * @return null for none
     * @throws IllegalArgumentException if a new one is wanted where there is one
     */
    static LearntHead open(RunSpec spec, TrainableModel model)
            throws CheckpointException, EngineException {
        KvFormerCard card = model.headCard();
        int hidden = model.network().hiddenSize();
        if (card != null) {
            if (spec.head() != null) {
                throw new IllegalArgumentException(
                        "[head] is for a new head, but the model in ["
                                + spec.model()
                                + "] has one, which is learnt on; remove [head]");
            }
            KvFormerConfig config = card.check(spec.model(), hidden);
            Map<String, WeightEntry> entries =
                    config.kind().hasWeights()
                            ? Safetensors.open(spec.model().resolve(card.weights())).entries()
                            : Map.of();
            Map<String, float[]> values = new LinkedHashMap<>();
            for (WeightEntry entry : entries.values()) {
                values.put(entry.name(), StoredFloats.read(entry));
            }
            boolean gemmaLayer = entries.containsKey("mlp_gate.weight");
            return new LearntHead(
                    learner(model, config, gemmaLayer),
                    layer(spec, model, config.kind(), model.layer()),
                    values,
                    spec.decaysHeadAlone());
        }
        if (spec.head() == null) {
            return null;
        }
        KvFormerConfig config = spec.head().config(hidden);
        KvFormerLearner learner = learner(model, config, spec.head().gemmaLayer());
        // attention-free pooling reads the last layer but one (ViLL-E §3.2)
        int usual = Math.max(1, model.network().layers() - 1);
        return new LearntHead(
                learner,
                layer(spec, model, config.kind(), usual),
                learner.initial(spec.seed()),
                spec.decaysHeadAlone());
    }

    /** The last for a head with weights; for the mean that of the run, or else the usual one. */
    private static int layer(RunSpec spec, TrainableModel model, HeadKind kind, int usual) {
        int layers = model.network().layers();
        if (kind.hasWeights()) {
            return layers;
        }
        return spec.layer() == null ? usual : Learner.layer(layers, "layer", spec.layer());
    }

    private static KvFormerLearner learner(
            TrainableModel model, KvFormerConfig config, boolean gemmaLayer)
            throws EngineException {
        return KvFormer.learner(model.network().learner().engine(), config, gemmaLayer);
    }

    /** Whether weight decay is for a parameter. */
    boolean decays(String name) {
        return decaysAlone == false || name.startsWith(AT);
    }

    /**
     * Has its weights learnt.
     *
     * @param saved values of a checkpoint by the names of parameters; null to begin
     */
    void attach(Parameters parameters, Map<String, float[]> saved) throws EngineException {
        for (Map.Entry<String, long[]> weight : learner.shapes().entrySet()) {
            String name = AT + weight.getKey();
            float[] values = saved == null ? first.get(weight.getKey()) : saved.get(name);
            parameters.add(
                    name,
                    scope -> learner.parameter(scope, weight.getKey(), values),
                    weight.getValue());
        }
    }

    /**
     * Writes it into the folder of a model or an adapter.
     *
     * @param dtype of the numbers in its file
     */
    void write(Path folder, Parameters parameters, StoredType dtype)
            throws IOException, EngineException, CheckpointException {
        KvFormerCard card = KvFormerCard.STANDARD;
        if (learner.config().kind().hasWeights()) {
            SafetensorsWriter writer = new SafetensorsWriter(dtype);
            learner.shapes()
                    .forEach(
                            (name, shape) ->
                                    writer.add(name, shape, () -> parameters.values(AT + name)));
            writer.write(folder.resolve(card.weights()));
        }
        Files.writeString(folder.resolve(card.config()), learner.config().json());
    }

    @Override
    public void close() {
        learner.close();
    }
}
