package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.TorchNetwork;
import org.vidvec.backbone.VisionTower;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightEntry;

/** VideoLLaMA3 (Zhang et al. 2025). */
public final class VideoLlama3Network extends TorchNetwork {

    private VideoLlama3Network(
            TorchEngine engine,
            VideoLlama3Config config,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        super(engine, config.text(), tower(config.vision()), weights, options);
    }

    private static VisionTower tower(VideoLlama3VisionConfig c) {
        return new VisionTower(
                "video_llama3_vision.py",
                c.layers(),
                c.heads(),
                c.patchWidth(),
                List.of("vision.tower"));
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
    public static VideoLlama3Network load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        VideoLlama3Config config = VideoLlama3Config.read(folder);
        return new VideoLlama3Network(engine, config, weights(folder, config, options), options);
    }

    /**
     * The same for the layout of the first release.
     *
     * @param config of that folder
     * @throws CheckpointException if a file is missing or unusable, naming it
     * @throws EngineException if memory is short or the engine does not take the network
     * @throws IllegalArgumentException if more layers are asked for than there are
     */
    public static VideoLlama3Network loadReleased(
            TorchEngine engine, Path folder, VideoLlama3Config config, NetworkOptions options)
            throws CheckpointException, EngineException {
        return new VideoLlama3Network(engine, config, weights(folder, config, options), options);
    }

    /**
     * Where a checkpoint's weights lie, in either layout; none is read.
     *
     * @throws CheckpointException if a file is unusable or a weight is missing or unusable, with
     *     all that are
     */
    public static List<WeightEntry> weights(
            Path folder, VideoLlama3Config config, NetworkOptions options)
            throws CheckpointException {
        Checkpoint checkpoint = options.open(folder);
        int layers = layers(options, config.text(), folder);
        return VideoLlama3Weights.of(checkpoint).find(checkpoint, config, layers, options.head());
    }
}
