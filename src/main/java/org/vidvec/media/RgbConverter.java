package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;
import org.vidvec.media.MediaException.Reason;

/**
 * Turns decoded frames of any pixel format into upright RGB of one size, that of the first, with
 * square pixels.
 */
final class RgbConverter implements AutoCloseable {

    private final String name;
    private final long maxPixels;
    private final PictureMemory memory;
    private final Display display;
    private final Scaler scaler;
    private final Scaler stretcher = new Scaler(Rounding.STILL.flags | SWS_FULL_CHR_H_INP);
    private RgbPicture picture;
    private DeepPicture deepPicture;
    private int width;
    private int height;
    private Shown shown;

    /**
     * What all frames have in common, known from the first on.
     *
     * @param width in pixels, upright and square, before the frames are made to fit the memory
     * @param height in pixels, as the width
     * @param transparency of all frames so far
     */
    record Shown(int width, int height, Transparency transparency) {}

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
     * Of still pictures.
     *
     * @param maxPixels larger frames are scaled down to this many
     */
    RgbConverter(String name, long maxPixels, Rounding rounding) {
        this(name, maxPixels, null, rounding, Display.AS_STORED);
    }

    /**
     * @param memory of the decode; larger frames than it allows are scaled down, so that a clip
     *     fits the heap
     */
    RgbConverter(String name, PictureMemory memory, Rounding rounding, Display display) {
        this(name, memory.maxPixels(), memory, rounding, display);
    }

    private RgbConverter(
            String name, long maxPixels, PictureMemory memory, Rounding rounding, Display display) {
        this.name = name;
        this.maxPixels = maxPixels;
        this.memory = memory;
        this.display = display;
        this.scaler = new Scaler(rounding.flags);
    }

    /**
     * @param index of the frame in its stream
     * @return [height, width, 3], upright
     * @throws MediaException if the pixel format can't be converted, or it takes too much memory
     */
    Frame convert(AVFrame source, int index, double timeSeconds) throws MediaException {
        Orientation orientation = orientation(source);
        if (shown == null) {
            chooseSize(source, orientation);
        }
        // the size is that of the upright picture, the scaler works before turning
        int w = orientation.swapsSides() ? height : width;
        int h = orientation.swapsSides() ? width : height;
        ToneMap toneMap = ToneMap.of(source);
        boolean transparent = isTransparent(source);
        boolean blended = transparent && display.transparency() == Transparency.OVER_BLACK;
        if (memory != null) {
            // the deep copy has three planes of 16 bits
            long copy = (toneMap != null ? 6L : blended ? 4 : 3) * w * h;
            long stored = display.stretch(source) == 1 ? 0 : 4L * source.width() * source.height();
            memory.spend(source, copy + stored, 3L * w * h);
        }
        byte[] rgb;
        if (toneMap != null) {
            rgb = toned(source, toneMap, w, h);
        } else if (blended) {
            rgb = overBlack(plain(source, w, h, AV_PIX_FMT_RGBA));
        } else {
            rgb = plain(source, w, h, AV_PIX_FMT_RGB24);
        }
        return new Frame(index, timeSeconds, width, height, orientation.upright(rgb, w, h));
    }

    private boolean isTransparent(AVFrame source) {
        AlphaChannel alpha = AlphaChannel.of(source);
        boolean transparent = alpha != null && !alpha.opaque();
        if (transparent) {
            shown = new Shown(shown.width, shown.height, display.transparency());
        }
        return transparent;
    }

    /**
     * @param rgba [height, width, 4], alpha not multiplied in
     * @return [height, width, 3]
     */
    private static byte[] overBlack(byte[] rgba) {
        byte[] rgb = new byte[rgba.length / 4 * 3];
        for (int i = 0; i < rgba.length / 4; i++) {
            int alpha = rgba[4 * i + 3] & 255;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (((rgba[4 * i + c] & 255) * alpha + 127) / 255);
            }
        }
        return rgb;
    }

    private byte[] plain(AVFrame source, int w, int h, int format) throws MediaException {
        if (picture == null || !picture.is(w, h, format)) {
            closePictures();
            picture = new RgbPicture(w, h, format);
        }
        if (display.stretch(source) == 1) {
            check(scaler.scale(source, picture.frame()));
            return picture.bytes();
        }
        // colours first, at the stored size: both at once tints a picture by more than a level
        try (RgbPicture stored = new RgbPicture(source.width(), source.height(), format)) {
            check(scaler.scale(source, stored.frame()));
            check(stretcher.scale(stored.frame(), picture.frame()));
        }
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

    /** What the frames have in common; null before the first. */
    Shown shown() {
        return shown;
    }

    private void chooseSize(AVFrame source, Orientation orientation) {
        double stretch = display.stretch(source);
        double pixels = stretch * source.width() * source.height();
        double factor = Math.min(1, Math.sqrt(maxPixels / pixels));
        width = side(source.width() * stretch * factor);
        height = side(source.height() * factor);
        shown = new Shown(side(source.width() * stretch), source.height(), Transparency.NONE);
        if (orientation.swapsSides()) {
            int w = width;
            width = height;
            height = w;
            shown = new Shown(shown.height, shown.width, shown.transparency);
        }
    }

    private static int side(double pixels) {
        return Math.max(1, (int) Math.round(pixels));
    }

    private Orientation orientation(AVFrame source) {
        AVFrameSideData data = av_frame_get_side_data(source, AV_FRAME_DATA_DISPLAYMATRIX);
        if (data == null || data.size() < 9 * Integer.BYTES) {
            return display.orientation();
        }
        int[] matrix = new int[9];
        new IntPointer(data.data()).get(matrix);
        return Orientation.of(matrix);
    }

    @Override
    public void close() {
        scaler.close();
        stretcher.close();
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
