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

/** Qwen3-VL (Bai et al. 2025): features of several vision layers go into the decoder. */
public final class Qwen3VlNetwork extends TorchNetwork {

    private Qwen3VlNetwork(
            TorchEngine engine,
            Qwen3VlConfig config,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        super(engine, config.text(), tower(config.vision()), weights, options);
    }

    private static VisionTower tower(Qwen3VisionConfig c) {
        return new VisionTower(
                "qwen3_vision.py",
                c.layers(),
                c.heads(),
                c.patchWidth(),
                List.of(),
                c.deepstack().stream().mapToLong(Integer::longValue).toArray(),
                c.deepstack().size());
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
    public static Qwen3VlNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        Qwen3VlConfig config = Qwen3VlConfig.read(folder);
        return new Qwen3VlNetwork(engine, config, weights(folder, config, options), options);
    }

    /**
     * Where a checkpoint's weights lie; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     */
    public static List<WeightEntry> weights(
            Path folder, Qwen3VlConfig config, NetworkOptions options) throws CheckpointException {
        int layers = layers(options, config.text(), folder);
        return Qwen3VlWeights.find(options.open(folder), config, layers, options.head());
    }
}
