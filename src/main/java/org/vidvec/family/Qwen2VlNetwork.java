package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.TorchNetwork;
import org.vidvec.backbone.VisionTower;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightEntry;

/** Qwen2-VL (Wang et al. 2024). */
public final class Qwen2VlNetwork extends TorchNetwork {

    private final Qwen2VlConfig config;

    private Qwen2VlNetwork(
            TorchEngine engine,
            Qwen2VlConfig config,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        super(engine, config.text(), tower(config.vision()), weights, options);
        this.config = config;
    }

    private static VisionTower tower(Qwen2VisionConfig c) {
        return new VisionTower("qwen2_vision.py", c.layers(), c.heads(), c.patchWidth(), List.of());
    }

    /**
     * Loads a checkpoint: weights are mapped, not read, where the type stays and the device is the
     * CPU.
     *
     * @param folder with config.json and safetensors files
     * @throws CheckpointException if a file is missing or unusable, naming it
     * @throws EngineException if memory is short or the engine does not take the network
     * @throws IllegalArgumentException if more layers are asked for than there are
     */
    public static Qwen2VlNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        Qwen2VlConfig config = Qwen2VlConfig.read(folder);
        return new Qwen2VlNetwork(engine, config, weights(folder, config, options), options);
    }

    /**
     * Where a checkpoint's weights lie; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     */
    public static List<WeightEntry> weights(
            Path folder, Qwen2VlConfig config, NetworkOptions options) throws CheckpointException {
        int layers = layers(options, config.text(), folder);
        return Qwen2VlWeights.find(options.open(folder), config, layers, options.head());
    }

    /** What its checkpoint's config.json says. */
    public Qwen2VlConfig config() {
        return config;
    }
}
