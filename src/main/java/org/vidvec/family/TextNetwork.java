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

/** A Qwen2 or Qwen3 decoder (Yang et al. 2024, 2025) that reads text alone. */
public final class TextNetwork extends TorchNetwork {

    private static final VisionTower BLIND = new VisionTower("no_vision.py", 0, 1, 1, List.of());

    private TextNetwork(
            TorchEngine engine,
            TextConfig config,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        super(engine, config.text(), BLIND, weights, options);
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
    public static TextNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        TextConfig config = TextConfig.read(folder);
        return new TextNetwork(engine, config, weights(folder, config, options), options);
    }

    /**
     * Where a checkpoint's weights lie; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     */
    public static List<WeightEntry> weights(Path folder, TextConfig config, NetworkOptions options)
            throws CheckpointException {
        int layers = layers(options, config.text(), folder);
        return TextWeights.find(options.open(folder), config, layers, options.head());
    }
}
