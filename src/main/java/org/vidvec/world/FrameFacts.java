package org.vidvec.world;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** What a decoder should find in a video: mean colours at chosen frames, as rendered. */
final class FrameFacts {

    private static final int LINSPACE = 8;

    private final int count;
    private final double[][] means;

    /**
     * @param count number of frames of the video
     */
    FrameFacts(int count) {
        this.count = count;
        this.means = new double[count][];
    }

    int count() {
        return count;
    }

    double seconds() {
        return (double) count / WorldFiles.FRAMES_PER_SECOND;
    }

    /**
     * @param rgb [height, width, 3]
     */
    void see(int index, byte[] rgb) {
        means[index] = mean(rgb);
    }

    /** Mean of R, G and B in hundredths. */
    static double[] mean(byte[] rgb) {
        long[] sums = new long[3];
        for (int i = 0; i < rgb.length; i++) {
            sums[i % 3] += rgb[i] & 255;
        }
        double[] mean = new double[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = Math.rint(100.0 * sums[c] * 3 / rgb.length) / 100;
        }
        return mean;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("decoder", "none: as rendered, before encoding");
        json.addProperty("start_time", 0.0);
        json.addProperty("last_time", time(count - 1));
        // numpy.linspace(0, count - 1, 8), rounded down
        int[] spread = new int[LINSPACE];
        for (int i = 0; i < LINSPACE; i++) {
            spread[i] = i * (count - 1) / (LINSPACE - 1);
        }
        json.add("linspace8", sampled(spread));
        int[] seconds = new int[(count - 1) / WorldFiles.FRAMES_PER_SECOND + 1];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = i * WorldFiles.FRAMES_PER_SECOND;
        }
        json.add("one_fps", sampled(seconds));
        return json;
    }

    private JsonObject sampled(int[] indices) {
        JsonArray index = new JsonArray();
        JsonArray times = new JsonArray();
        JsonArray colours = new JsonArray();
        for (int i : indices) {
            index.add(i);
            times.add(time(i));
            colours.add(array(means[i]));
        }
        JsonObject json = new JsonObject();
        json.add("index", index);
        json.add("time", times);
        json.add("mean_rgb", colours);
        return json;
    }

    static JsonArray array(double[] values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }

    private static double time(int index) {
        return (double) index / WorldFiles.FRAMES_PER_SECOND;
    }
}
