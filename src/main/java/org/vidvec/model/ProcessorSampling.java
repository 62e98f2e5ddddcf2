package org.vidvec.model;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.vidvec.media.Sampling;

/** How the checkpoints' own video processors sample frames (HF {@code sample_frames}). */
final class ProcessorSampling {

    private static final int MIN_FRAMES = 4;
    private static final int MAX_FRAMES = 768;

    private ProcessorSampling() {}

    /**
     * Qwen2-VL, Qwen2.5-VL and VideoLLaMA3.
     *
     * @param settings {@code fps} or {@code num_frames}, {@code min_frames}, {@code max_frames} and
     *     {@code temporal_patch_size}
     * @param maxFrames if they do not say
     * @param multiple if they do not say
     * @return nothing if all frames are taken
     */
    static Optional<Sampling> stride(JsonObject settings, int maxFrames, int multiple) {
        int patch = integer(settings, "temporal_patch_size", multiple);
        if (has(settings, "num_frames")) {
            int frames = settings.get("num_frames").getAsInt();
            return Optional.of(Sampling.Stride.frames(frames, patch));
        }
        if (has(settings, "fps") == false) {
            return Optional.empty();
        }
        return Optional.of(
                new Sampling.Stride(
                        settings.get("fps").getAsDouble(),
                        integer(settings, "min_frames", MIN_FRAMES),
                        integer(settings, "max_frames", maxFrames),
                        patch));
    }

    /** The same for Qwen3-VL, which always samples. */
    static Optional<Sampling> spread(JsonObject settings) {
        if (has(settings, "num_frames")) {
            int frames = settings.get("num_frames").getAsInt();
            return Optional.of(new Sampling.Spread(1, frames, frames));
        }
        return Optional.of(
                new Sampling.Spread(
                        has(settings, "fps") ? settings.get("fps").getAsDouble() : 2,
                        integer(settings, "min_frames", MIN_FRAMES),
                        integer(settings, "max_frames", MAX_FRAMES)));
    }

    /** Qwen2-VL's defaults. */
    static Optional<Sampling> stride(JsonObject settings) {
        return stride(settings, MAX_FRAMES, 2);
    }

    private static boolean has(JsonObject json, String field) {
        return json.has(field) && json.get(field).isJsonNull() == false;
    }

    private static int integer(JsonObject json, String field, int otherwise) {
        return has(json, field) ? json.get(field).getAsInt() : otherwise;
    }
}
