package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** An RGB or RGBA picture in FFmpeg's memory, rows padded as its scaler likes them. */
final class RgbPicture implements AutoCloseable {

    private final AVFrame frame = av_frame_alloc();
    private final int channels;

    /**
     * @throws IllegalStateException if FFmpeg has no memory for it
     */
    RgbPicture(int width, int height) {
        this(width, height, AV_PIX_FMT_RGB24);
    }

    /**
     * @param format {@code AV_PIX_FMT_RGB24} or {@code AV_PIX_FMT_RGBA}
     * @throws IllegalStateException if FFmpeg has no memory for it
     */
    RgbPicture(int width, int height, int format) {
        channels = format == AV_PIX_FMT_RGB24 ? 3 : 4;
        frame.format(format).width(width).height(height);
        if (av_frame_get_buffer(frame, 0) < 0) {
            close();
            throw new IllegalStateException("no memory for a picture of " + width + "x" + height);
        }
    }

    /**
     * @param rgb [height, width, 3]
     */
    static RgbPicture of(byte[] rgb, int width, int height) {
        RgbPicture picture = new RgbPicture(width, height);
        BytePointer data = picture.frame.data(0);
        int stride = picture.frame.linesize(0);
        for (int y = 0; y < height; y++) {
            data.position((long) y * stride).put(rgb, y * width * 3, width * 3);
        }
        return picture;
    }

    /**
     * @return [height, width, 3] or [height, width, 4]
     */
    byte[] bytes() {
        int row = channels * frame.width();
        byte[] rgb = new byte[row * frame.height()];
        BytePointer data = frame.data(0);
        int stride = frame.linesize(0);
        for (int y = 0; y < frame.height(); y++) {
            data.position((long) y * stride).get(rgb, y * row, row);
        }
        return rgb;
    }

    /** Whether it has this size in pixels and this format. */
    boolean is(int width, int height, int format) {
        return frame.width() == width && frame.height() == height && frame.format() == format;
    }

    AVFrame frame() {
        return frame;
    }

    @Override
    public void close() {
        av_frame_free(frame);
    }
}
