package org.vidvec.backbone;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightEntry;

/** What a family reads out of a checkpoint's config.json: all that its network is made from. */
public interface NetworkConfig {

    /** The decoder. */
    DecoderConfig text();

    /** The vision tower. */
    VisionTower tower();

    /** Whether the head is the embedding table. */
    boolean tied();

    /**
     * Asks for the vision tower's tensors.
     *
     * @param checkpoint tells the names where a family has several
     */
    WeightPlan visionWeights(Checkpoint checkpoint);

    /** Whether a checkpoint has a head of its own. */
    default boolean hasHead(Checkpoint checkpoint) {
        return tied() == false;
    }

    /**
     * Where a checkpoint's weights lie; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     * @throws IllegalArgumentException if more layers are asked for than there are
     */
    default List<WeightEntry> weights(Path folder, NetworkOptions options)
            throws CheckpointException {
        int layers = options.layers(text().layers(), folder);
        Checkpoint checkpoint = options.open(folder);
        WeightPlan plan = visionWeights(checkpoint);
        // an untied head is left on disk where no logits are wanted
        DecoderWeights.need(plan, text(), layers, options.head() && hasHead(checkpoint));
        return plan.findIn(checkpoint);
    }

    /**
     * Loads a checkpoint: weights are mapped, not read, where the type stays and the device is the
     * CPU.
     *
     * @param folder with the safetensors files
     * @throws CheckpointException if a file is missing or unusable, naming it
     * @throws EngineException if memory is short or the engine does not take the network
     * @throws IllegalArgumentException if more layers are asked for than there are
     */
    default VisionLanguageNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        return new TorchNetwork(engine, text(), tower(), weights(folder, options), options);
    }
}
