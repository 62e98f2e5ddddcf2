package org.vidvec.prompt;

/**
 * Rescaling to 0..1 and normalising to the mean and deviation of the training images in one step,
 * {@code (x - 255 mean) / (255 std)} in float32, as HF's fast processors fuse it. A byte has only
 * 256 values, so it is a table.
 */
public final class Normalisation {

    private final float[][] table;

    /**
     * @param mean [3] of values 0..1
     * @param std [3] of values 0..1
     * @param rescaleFactor 1/255
     */
    public Normalisation(float[] mean, float[] std, double rescaleFactor) {
        float white = (float) (1 / rescaleFactor);
        table = new float[3][256];
        for (int channel = 0; channel < 3; channel++) {
            float offset = mean[channel] * white;
            float scale = std[channel] * white;
            for (int value = 0; value < 256; value++) {
                table[channel][value] = (value - offset) / scale;
            }
        }
    }

    private Normalisation(float[][] table) {
        this.table = table;
    }

    /**
     * The same in two steps, each rounded to float32, as HF's slow processors do; differs by at
     * most 6e-8.
     */
    static Normalisation inTwoSteps(float[] mean, float[] std, double rescaleFactor) {
        float[][] table = new float[3][256];
        for (int channel = 0; channel < 3; channel++) {
            for (int value = 0; value < 256; value++) {
                float rescaled = (float) (value * rescaleFactor);
                table[channel][value] = (rescaled - mean[channel]) / std[channel];
            }
        }
        return new Normalisation(table);
    }

    /** Normalised values of a channel (0 red, 1 green, 2 blue), by byte 0..255. */
    float[] channel(int channel) {
        return table[channel];
    }
}
