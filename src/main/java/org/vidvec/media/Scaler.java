package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** Converts pictures from one size and pixel format to another; keeps its tables in between. */
final class Scaler implements AutoCloseable {

    private final int flags;
    private SwsContext context;

    /**
     * @param flags FFmpeg's {@code SWS_*}
     */
    Scaler(int flags) {
        this.flags = flags;
    }

    /**
     * @param target with its size, format and buffers; full range unless it says otherwise
     * @return whether FFmpeg can
     */
    boolean scale(AVFrame source, AVFrame target) {
        open(source, target);
        if (context == null) {
            return false;
        }
        setColours(source, target);
        return convert(source, target);
    }

    /**
     * Changes size and layout of planes, not the meaning of their values.
     *
     * @param target of the same family of formats, with its size, format and buffers
     * @return whether FFmpeg can
     */
    boolean resize(AVFrame source, AVFrame target) {
        open(source, target);
        return context != null && convert(source, target);
    }

    private void open(AVFrame source, AVFrame target) {
        context =
                sws_getCachedContext(
                        context,
                        source.width(),
                        source.height(),
                        source.format(),
                        target.width(),
                        target.height(),
                        target.format(),
                        flags,
                        (SwsFilter) null,
                        (SwsFilter) null,
                        (DoublePointer) null);
    }

    private boolean convert(AVFrame source, AVFrame target) {
        return sws_scale(
                        context,
                        source.data(),
                        source.linesize(),
                        0,
                        source.height(),
                        target.data(),
                        target.linesize())
                > 0;
    }

    /** The matrix and range that the source names; BT.601 and limited range if it names none. */
    private void setColours(AVFrame source, AVFrame target) {
        int space = source.colorspace();
        IntPointer from =
                sws_getCoefficients(space == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : space);
        int full = source.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        int targetFull = target.color_range() == AVCOL_RANGE_MPEG ? 0 : 1;
        // brightness 0, contrast and saturation 1 in 16.16
        sws_setColorspaceDetails(
                context,
                from,
                full,
                sws_getCoefficients(SWS_CS_DEFAULT),
                targetFull,
                0,
                1 << 16,
                1 << 16);
    }

    @Override
    public void close() {
        sws_freeContext(context);
    }
}
