package org.vidvec.prompt;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.vidvec.resize.ResizeKernel;

/**
 * How pictures become patches, from a checkpoint's {@code preprocessor_config.json}. What it does
 * not say has the default of HF's {@code Qwen2VLImageProcessor}.
 *
 * @param minPixels smallest area after resizing
 * @param maxPixels largest area after resizing, per frame
 * @param patches sizes of patches and of the blocks that become tokens
 * @param mean [3] of 0..1, by channel
 * @param std [3] of 0..1, by channel
 * @param rescaleFactor from bytes to 0..1
 * @param kernel how pictures are resized
 */
public record PreprocessorConfig(
        long minPixels,
        long maxPixels,
        Patches patches,
        float[] mean,
        float[] std,
        double rescaleFactor,
        ResizeKernel kernel) {

    // HF Qwen2VLImageProcessor
    private static final long MIN_PIXELS = 56 * 56;
    private static final long MAX_PIXELS = 28 * 28 * 1280;
    private static final int PATCH_SIZE = 14;
    private static final int TEMPORAL_PATCH_SIZE = 2;
    private static final int MERGE_SIZE = 2;
    // HF OPENAI_CLIP_MEAN, OPENAI_CLIP_STD
    private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
    private static final float[] STD = {0.26862954f, 0.26130258f, 0.27577711f};

    /**
     * Reads a configuration.
     *
     * @param json {@code preprocessor_config.json} or {@code video_preprocessor_config.json}
     * @throws IllegalArgumentException if it asks for a step that is not offered
     */
    public static PreprocessorConfig of(JsonObject json) {
        for (String step : new String[] {"do_resize", "do_rescale", "do_normalize"}) {
            if (has(json, step) && json.get(step).getAsBoolean() == false) {
                throw new IllegalArgumentException(
                        "["
                                + step
                                + "] is [false]; pictures are always resized, rescaled and"
                                + " normalised here; set it to [true]");
            }
        }
        JsonObject size = has(json, "size") ? json.getAsJsonObject("size") : new JsonObject();
        long min = number(json, "min_pixels", number(size, "shortest_edge", MIN_PIXELS));
        long max = number(json, "max_pixels", number(size, "longest_edge", MAX_PIXELS));
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "[min_pixels] is ["
                            + min
                            + "] and [max_pixels] is ["
                            + max
                            + "]; they must be positive and in order");
        }
        Patches patches =
                new Patches(
                        (int) number(json, "patch_size", PATCH_SIZE),
                        (int) number(json, "temporal_patch_size", TEMPORAL_PATCH_SIZE),
                        (int) number(json, "merge_size", MERGE_SIZE));
        double rescale =
                has(json, "rescale_factor") ? json.get("rescale_factor").getAsDouble() : 1 / 255.0;
        return new PreprocessorConfig(
                min,
                max,
                patches,
                channels(json, "image_mean", MEAN),
                channels(json, "image_std", STD),
                rescale,
                has(json, "resample")
                        ? ResizeKernel.of(json.get("resample").getAsInt())
                        : ResizeKernel.BICUBIC);
    }

    /** The same with pictures no larger than {@code limit}, but never below {@link #minPixels}. */
    public PreprocessorConfig atMost(long limit) {
        long max = Math.max(minPixels, Math.min(maxPixels, limit));
        return new PreprocessorConfig(minPixels, max, patches, mean, std, rescaleFactor, kernel);
    }

    private static boolean has(JsonObject json, String name) {
        return json.has(name) && json.get(name).isJsonNull() == false;
    }

    private static long number(JsonObject json, String name, long otherwise) {
        return has(json, name) ? json.get(name).getAsLong() : otherwise;
    }

    private static float[] channels(JsonObject json, String name, float[] otherwise) {
        if (has(json, name) == false) {
            return otherwise;
        }
        JsonArray array = json.getAsJsonArray(name);
        if (array.size() != 3) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] holds ["
                            + array.size()
                            + "] numbers; it needs [3], one a channel");
        }
        float[] values = new float[3];
        int i = 0;
        for (JsonElement value : array) {
            values[i++] = value.getAsFloat();
        }
        return values;
    }
}
