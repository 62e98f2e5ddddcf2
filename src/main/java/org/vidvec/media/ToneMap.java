package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import org.bytedeco.ffmpeg.avutil.AVContentLightMetadata;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;

/**
 * HDR (PQ or HLG, BT.2020) to what an ordinary screen shows: light is made linear with 1 = 100
 * nits, brought into BT.709 colours, bent by Hable's curve so that the brightest of the three just
 * fits, and coded for BT.1886. The steps and numbers are those of FFmpeg's {@code
 * zscale=t=linear:npl=100, zscale=p=bt709, tonemap=hable:desat=0, zscale=t=bt709:m=bt709}.
 */
final class ToneMap {

    private static final int STEPS = 1 << 12;
    private static final int MIDDLE = 1 << 9;
    private static final float REFERENCE_NITS = 100;
    private static final float USUAL_PEAK = 1000 / REFERENCE_NITS;

    // BT.2020 to BT.709 for linear light (ITU-R BT.2087)
    private static final float[] TO_709 = {
        1.660491f, -0.587641f, -0.072850f,
        -0.124550f, 1.132900f, -0.008349f,
        -0.018151f, -0.100579f, 1.118730f
    };

    // darker than a hundredth of a level
    private static final float DARKEST = 0x1p-28f;
    private static final float BEYOND_BRIGHTEST = 0x1p8f;

    /** BT.1886: gamma 2.4. */
    private static final FloatTable CODED =
            new FloatTable(DARKEST, 2, x -> 255 * Math.pow(Math.min(1, x), 1 / 2.4) + 0.5);

    private static final FloatTable ON_SCREEN =
            new FloatTable(DARKEST, 2, x -> USUAL_PEAK * Math.pow(x, 0.2));

    /** Linear light by code value; for HLG the scene's, for PQ the screen's. */
    private static final float[] PQ = table(ToneMap::pq);

    private static final float[] HLG = table(ToneMap::hlg);

    private interface Curve {
        double at(double code);
    }

    private final boolean hlg;
    private final int black;
    private final float toOne;
    private final float colourToOne;
    private final float peak;
    private final FloatTable bent;

    private ToneMap(boolean hlg, boolean full, float peak) {
        // ITU-R BT.2100, table 9
        this.black = full ? 0 : 64;
        this.toOne = full ? 1 / 1023f : 1 / 876f;
        this.colourToOne = full ? 1 / 1023f : 1 / 896f;
        this.hlg = hlg;
        this.peak = peak;
        double brightest = hable(peak);
        this.bent = new FloatTable(0x1p-12f, BEYOND_BRIGHTEST, x -> hable(x) / brightest / x);
    }

    /**
     * @return null if the picture is not HDR
     */
    static ToneMap of(AVFrame source) {
        int transfer = source.color_trc();
        boolean hlg = transfer == AVCOL_TRC_ARIB_STD_B67;
        if (!hlg && transfer != AVCOL_TRC_SMPTE2084) {
            return null;
        }
        AVFrameSideData light = av_frame_get_side_data(source, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL);
        int nits = light == null ? 0 : new AVContentLightMetadata(light.data()).MaxCLL();
        boolean full = source.color_range() == AVCOL_RANGE_JPEG;
        return new ToneMap(hlg, full, nits > 0 ? nits / REFERENCE_NITS : USUAL_PEAK);
    }

    /**
     * @param picture of the source's range, BT.2020 colours (non-constant luminance)
     * @return [height, width, 3]
     */
    byte[] toSdr(DeepPicture picture) {
        int width = picture.frame().width();
        byte[] rgb = new byte[3 * width * picture.frame().height()];
        char[] y = new char[width];
        char[] cb = new char[width];
        char[] cr = new char[width];
        for (int row = 0; row < picture.frame().height(); row++) {
            picture.row(0, row, y);
            picture.row(1, row, cb);
            picture.row(2, row, cr);
            for (int x = 0; x < width; x++) {
                fromYuv(
                        rgb,
                        3 * (row * width + x),
                        (y[x] - black) * toOne,
                        (cb[x] - MIDDLE) * colourToOne,
                        (cr[x] - MIDDLE) * colourToOne);
            }
        }
        return rgb;
    }

    /** ITU-R BT.2020, table 4, solved for red, green and blue. */
    private void fromYuv(byte[] rgb, int at, float y, float cb, float cr) {
        float r = linear(y + 1.4746f * cr);
        float g = linear(y - 0.16455f * cb - 0.57135f * cr);
        float b = linear(y + 1.8814f * cb);
        // HLG codes the scene; a screen of 1000 nits shows it with a gamma of 1.2 (BT.2100)
        float gain = hlg ? ON_SCREEN.at(0.2627f * r + 0.678f * g + 0.0593f * b) : 1;
        put(rgb, at, gain * r, gain * g, gain * b);
    }

    private float linear(float code) {
        int step = Math.max(0, Math.min(STEPS - 1, (int) (code * STEPS)));
        return (hlg ? HLG : PQ)[step];
    }

    private void put(byte[] rgb, int at, float r, float g, float b) {
        float red = TO_709[0] * r + TO_709[1] * g + TO_709[2] * b;
        float green = TO_709[3] * r + TO_709[4] * g + TO_709[5] * b;
        float blue = TO_709[6] * r + TO_709[7] * g + TO_709[8] * b;
        float most = Math.min(Math.max(red, Math.max(green, blue)), peak);
        float factor = bent.at(most);
        rgb[at] = code(red * factor);
        rgb[at + 1] = code(green * factor);
        rgb[at + 2] = code(blue * factor);
    }

    private static byte code(float linear) {
        return (byte) CODED.at(linear);
    }

    private static float[] table(Curve curve) {
        float[] table = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            table[i] = (float) curve.at((i + 0.5) / STEPS);
        }
        return table;
    }

    /** SMPTE ST 2084, in units of 100 nits. */
    private static double pq(double code) {
        double root = Math.pow(code, 1 / 78.84375);
        double part = Math.max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root);
        return 10_000 / REFERENCE_NITS * Math.pow(part, 1 / 0.1593017578125);
    }

    /** ARIB STD-B67, light of the scene from 0 to 1. */
    private static double hlg(double code) {
        return code <= 0.5
                ? code * code / 3
                : (Math.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12;
    }

    /** John Hable's curve for Uncharted 2 (GDC 2010). */
    private static double hable(double x) {
        return (x * (0.15 * x + 0.05) + 0.004) / (x * (0.15 * x + 0.5) + 0.06) - 0.02 / 0.3;
    }
}
