package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** An RGB picture in FFmpeg's memory, rows padded as its scaler likes them. */
final class RgbPicture implements AutoCloseable {

    private final AVFrame frame = av_frame_alloc();

    /**
     * @throws IllegalStateException if FFmpeg has no memory for it
     */
    RgbPicture(int width, int height) {
        frame.format(AV_PIX_FMT_RGB24).width(width).height(height);
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
     * @return [height, width, 3]
     */
    byte[] bytes() {
        int row = 3 * frame.width();
        byte[] rgb = new byte[row * frame.height()];
        BytePointer data = frame.data(0);
        int stride = frame.linesize(0);
        for (int y = 0; y < frame.height(); y++) {
            data.position((long) y * stride).get(rgb, y * row, row);
        }
        return rgb;
    }

    AVFrame frame() {
        return frame;
    }

    @Override
    public void close() {
        av_frame_free(frame);
    }
}
