package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.vidvec.media.MediaException.Reason;

/** Turns decoded frames of any pixel format into upright RGB of one size, that of the first. */
final class RgbConverter implements AutoCloseable {

    private final String name;
    private final long maxPixels;
    private final AVFrame target = av_frame_alloc();
    private SwsContext scaler;
    private int width;
    private int height;

    /**
     * @param maxPixels larger frames are scaled down to this many, so that a clip fits the heap
     */
    RgbConverter(String name, long maxPixels) {
        this.name = name;
        this.maxPixels = maxPixels;
    }

    /**
     * @return [height, width, 3], upright
     * @throws MediaException if the pixel format can't be converted
     */
    Frame convert(AVFrame source, double timeSeconds) throws MediaException {
        Orientation orientation = orientation(source);
        if (width == 0) {
            chooseSize(source, orientation);
        }
        // the size is that of the upright picture, the scaler works before turning
        int w = orientation.swapsSides() ? height : width;
        int h = orientation.swapsSides() ? width : height;
        scaler =
                sws_getCachedContext(
                        scaler,
                        source.width(),
                        source.height(),
                        source.format(),
                        w,
                        h,
                        AV_PIX_FMT_RGB24,
                        SWS_BILINEAR,
                        (SwsFilter) null,
                        (SwsFilter) null,
                        (DoublePointer) null);
        if (scaler == null) {
            throw refusal();
        }
        setColours(source);
        target.format(AV_PIX_FMT_RGB24).width(w).height(h);
        try {
            if (av_frame_get_buffer(target, 0) < 0
                    || sws_scale(
                                    scaler,
                                    source.data(),
                                    source.linesize(),
                                    0,
                                    source.height(),
                                    target.data(),
                                    target.linesize())
                            <= 0) {
                throw refusal();
            }
            return new Frame(timeSeconds, width, height, orientation.upright(rows(w, h), w, h));
        } finally {
            av_frame_unref(target);
        }
    }

    private void chooseSize(AVFrame source, Orientation orientation) {
        double pixels = (double) source.width() * source.height();
        double factor = Math.min(1, Math.sqrt(maxPixels / pixels));
        int w = Math.max(1, (int) Math.round(source.width() * factor));
        int h = Math.max(1, (int) Math.round(source.height() * factor));
        width = orientation.swapsSides() ? h : w;
        height = orientation.swapsSides() ? w : h;
    }

    /** The matrix and range that the frame names; BT.601 and limited range if it names none. */
    private void setColours(AVFrame source) {
        int space = source.colorspace();
        IntPointer from =
                sws_getCoefficients(space == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : space);
        int full = source.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        sws_setColorspaceDetails(
                scaler, from, full, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
    }

    private byte[] rows(int w, int h) {
        byte[] rgb = new byte[3 * w * h];
        BytePointer data = target.data(0);
        int stride = target.linesize(0);
        for (int y = 0; y < h; y++) {
            data.position((long) y * stride).get(rgb, y * w * 3, w * 3);
        }
        return rgb;
    }

    private static Orientation orientation(AVFrame source) {
        AVFrameSideData data = av_frame_get_side_data(source, AV_FRAME_DATA_DISPLAYMATRIX);
        if (data == null || data.size() < 9 * Integer.BYTES) {
            return Orientation.UPRIGHT;
        }
        int[] matrix = new int[9];
        new IntPointer(data.data()).get(matrix);
        return Orientation.of(matrix);
    }

    private MediaException refusal() {
        return new MediaException(
                Reason.UNSUPPORTED, "could not decode [" + name + "]: unsupported pixel format");
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        av_frame_free(target);
    }
}
