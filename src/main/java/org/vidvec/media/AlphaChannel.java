package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;

/**
 * The transparency that a decoded picture carries beside its colours.
 *
 * @param picture of a format that can carry it
 */
record AlphaChannel(AVFrame picture, AVPixFmtDescriptor format) {

    private static final int COLOURS = 256;

    /**
     * @return null if pictures of this format are never transparent
     */
    static AlphaChannel of(AVFrame picture) {
        AVPixFmtDescriptor format = av_pix_fmt_desc_get(picture.format());
        boolean alpha =
                format != null
                        && (format.flags() & AV_PIX_FMT_FLAG_ALPHA) != 0
                        && (format.flags() & AV_PIX_FMT_FLAG_FLOAT) == 0;
        return alpha ? new AlphaChannel(picture, format) : null;
    }

    /** Whether no place is transparent. */
    boolean opaque() {
        return picture.format() == AV_PIX_FMT_PAL8 ? paletteIsOpaque() : planeIsOpaque();
    }

    private boolean planeIsOpaque() {
        AVComponentDescriptor alpha = format.comp(format.nb_components() - 1);
        int bytes = alpha.depth() > 8 ? 2 : 1;
        int most = (1 << alpha.depth()) - 1 << alpha.shift();
        boolean bigEndian = (format.flags() & AV_PIX_FMT_FLAG_BE) != 0;
        byte[] line = new byte[(picture.width() - 1) * alpha.step() + bytes];
        for (int y = 0; y < picture.height(); y++) {
            row(picture.data(alpha.plane()), alpha.plane(), y, alpha.offset(), line);
            for (int at = 0; at < line.length; at += alpha.step()) {
                int value = line[at] & 255;
                if (bytes == 2) {
                    int second = line[at + 1] & 255;
                    value = bigEndian ? value << 8 | second : second << 8 | value;
                }
                if ((value & most) != most) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean paletteIsOpaque() {
        // blue, green, red, alpha
        byte[] palette = new byte[4 * COLOURS];
        picture.data(1).position(0).get(palette);
        byte[] line = new byte[picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            row(picture.data(0), 0, y, 0, line);
            for (byte colour : line) {
                if (palette[4 * (colour & 255) + 3] != -1) {
                    return false;
                }
            }
        }
        return true;
    }

    private void row(BytePointer data, int plane, int row, int offset, byte[] line) {
        data.position((long) row * picture.linesize(plane) + offset).get(line);
    }
}
