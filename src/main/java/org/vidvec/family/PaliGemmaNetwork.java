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

/** PaliGemma (Beyer et al. 2024), the backbone of ViLL-E: SigLIP, one linear layer, Gemma. */
public final class PaliGemmaNetwork extends TorchNetwork {

    private final PaliGemmaConfig config;

    private PaliGemmaNetwork(
            TorchEngine engine,
            PaliGemmaConfig config,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        super(engine, config.text(), tower(config.vision()), weights, options);
        this.config = config;
    }

    private static VisionTower tower(SiglipConfig c) {
        return new VisionTower(
                "siglip.py", c.layers(), c.heads(), c.patchWidth(), List.of("vision.tower"));
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
    public static PaliGemmaNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        PaliGemmaConfig config = PaliGemmaConfig.read(folder);
        return new PaliGemmaNetwork(engine, config, weights(folder, config, options), options);
    }

    /**
     * Where a checkpoint's weights lie; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     */
    public static List<WeightEntry> weights(
            Path folder, PaliGemmaConfig config, NetworkOptions options)
            throws CheckpointException {
        int layers = layers(options, config.text(), folder);
        return PaliGemmaWeights.find(options.open(folder), config, layers, options.head());
    }

    /** What its checkpoint's config.json says. */
    public PaliGemmaConfig config() {
        return config;
    }
}
