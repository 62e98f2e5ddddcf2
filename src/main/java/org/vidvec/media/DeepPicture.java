package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A picture as brightness and two colour differences of 10 bits each, in FFmpeg's memory. Not RGB,
 * as FFmpeg's scaler gives wrong colours on the way from 10-bit YUV to 16 bits.
 */
final class DeepPicture implements AutoCloseable {

    private final AVFrame frame = av_frame_alloc();

    /**
     * @throws IllegalStateException if FFmpeg has no memory for it
     */
    DeepPicture(int width, int height) {
        frame.format(AV_PIX_FMT_YUV444P10LE).width(width).height(height);
        if (av_frame_get_buffer(frame, 0) < 0) {
            close();
            throw new IllegalStateException("no memory for a picture of " + width + "x" + height);
        }
    }

    boolean hasSize(int width, int height) {
        return frame.width() == width && frame.height() == height;
    }

    AVFrame frame() {
        return frame;
    }

    /**
     * @param plane 0 brightness, 1 blue difference, 2 red difference
     * @param line [width], filled with the values of one row, 0 to 1023
     */
    void row(int plane, int row, char[] line) {
        long stride = frame.linesize(plane);
        frame.data(plane)
                .position(row * stride)
                .limit(row * stride + 2L * line.length)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .get(line);
    }

    @Override
    public void close() {
        av_frame_free(frame);
    }
}
