package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;
import org.vidvec.media.MediaException.Reason;

/** Turns decoded frames of any pixel format into upright RGB of one size, that of the first. */
final class RgbConverter implements AutoCloseable {

    private final String name;
    private final long maxPixels;
    private final PictureMemory memory;
    private final Scaler scaler;
    private RgbPicture picture;
    private DeepPicture deepPicture;
    private int width;
    private int height;

    /** Rounding of a conversion. */
    enum Rounding {
        /** As PyAV does it, from which reference embeddings of videos come. */
        VIDEO(SWS_BILINEAR),
        /** Exact, as still picture decoders do it; takes longer. */
        STILL(SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);

        private final int flags;

        Rounding(int flags) {
            this.flags = flags;
        }
    }

    /**
     * @param maxPixels larger frames are scaled down to this many
     */
    RgbConverter(String name, long maxPixels, Rounding rounding) {
        this(name, maxPixels, null, rounding);
    }

    /**
     * @param memory of the decode; larger frames than it allows are scaled down, so that a clip
     *     fits the heap
     */
    RgbConverter(String name, PictureMemory memory, Rounding rounding) {
        this(name, memory.maxPixels(), memory, rounding);
    }

    private RgbConverter(String name, long maxPixels, PictureMemory memory, Rounding rounding) {
        this.name = name;
        this.maxPixels = maxPixels;
        this.memory = memory;
        this.scaler = new Scaler(rounding.flags);
    }

    /**
     * @param index of the frame in its stream
     * @return [height, width, 3], upright
     * @throws MediaException if the pixel format can't be converted, or it takes too much memory
     */
    Frame convert(AVFrame source, int index, double timeSeconds) throws MediaException {
        Orientation orientation = orientation(source);
        if (width == 0) {
            chooseSize(source, orientation);
        }
        // the size is that of the upright picture, the scaler works before turning
        int w = orientation.swapsSides() ? height : width;
        int h = orientation.swapsSides() ? width : height;
        ToneMap toneMap = ToneMap.of(source);
        if (memory != null) {
            // the deep copy has three planes of 16 bits
            memory.spend(source, (toneMap == null ? 3L : 6L) * w * h, 3L * w * h);
        }
        byte[] rgb = toneMap == null ? plain(source, w, h) : toned(source, toneMap, w, h);
        return new Frame(index, timeSeconds, width, height, orientation.upright(rgb, w, h));
    }

    private byte[] plain(AVFrame source, int w, int h) throws MediaException {
        if (picture == null || !picture.hasSize(w, h)) {
            closePictures();
            picture = new RgbPicture(w, h);
        }
        check(scaler.scale(source, picture.frame()));
        return picture.bytes();
    }

    private byte[] toned(AVFrame source, ToneMap toneMap, int w, int h) throws MediaException {
        if (deepPicture == null || !deepPicture.hasSize(w, h)) {
            closePictures();
            deepPicture = new DeepPicture(w, h);
        }
        check(scaler.resize(source, deepPicture.frame()));
        return toneMap.toSdr(deepPicture);
    }

    private void check(boolean converted) throws MediaException {
        if (!converted) {
            throw new MediaException(
                    Reason.UNSUPPORTED,
                    "could not decode [" + name + "]: unsupported pixel format");
        }
    }

    /** Of the frames that it makes, in pixels; 0 before the first. */
    int width() {
        return width;
    }

    /** Of the frames that it makes, in pixels; 0 before the first. */
    int height() {
        return height;
    }

    private void chooseSize(AVFrame source, Orientation orientation) {
        double pixels = (double) source.width() * source.height();
        double factor = Math.min(1, Math.sqrt(maxPixels / pixels));
        int w = Math.max(1, (int) Math.round(source.width() * factor));
        int h = Math.max(1, (int) Math.round(source.height() * factor));
        width = orientation.swapsSides() ? h : w;
        height = orientation.swapsSides() ? w : h;
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

    @Override
    public void close() {
        scaler.close();
        closePictures();
    }

    private void closePictures() {
        if (picture != null) {
            picture.close();
            picture = null;
        }
        if (deepPicture != null) {
            deepPicture.close();
            deepPicture = null;
        }
    }
}
