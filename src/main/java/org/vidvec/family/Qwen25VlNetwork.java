package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.TorchNetwork;
import org.vidvec.backbone.VisionTower;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightEntry;

/** Qwen2.5-VL (Bai et al. 2025): the vision tower looks through windows. */
public final class Qwen25VlNetwork extends TorchNetwork {

    private Qwen25VlNetwork(
            TorchEngine engine,
            Qwen25VlConfig config,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        super(engine, config.text(), tower(config.vision()), weights, options);
    }

    private static VisionTower tower(Qwen25VisionConfig c) {
        return new VisionTower(
                "qwen2_5_vision.py",
                c.layers(),
                c.heads(),
                c.patchWidth(),
                // in the order of windows; the trace's own is in that of the prompt
                List.of("vision.output"),
                LongStream.concat(
                                LongStream.of(c.window()),
                                c.fullLayers().stream().mapToLong(Integer::longValue))
                        .toArray(),
                0);
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
    public static Qwen25VlNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        Qwen25VlConfig config = Qwen25VlConfig.read(folder);
        return new Qwen25VlNetwork(engine, config, weights(folder, config, options), options);
    }

    /**
     * Where a checkpoint's weights lie; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     */
    public static List<WeightEntry> weights(
            Path folder, Qwen25VlConfig config, NetworkOptions options) throws CheckpointException {
        int layers = layers(options, config.text(), folder);
        return Qwen25VlWeights.find(options.open(folder), config, layers, options.head());
    }
}
