package org.vidvec.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * How the pictures of a stream are meant to be shown.
 *
 * @param pixelAspect width of a pixel by its height as the container has it; 0 if it does not say
 * @param squares whether pixels are made square
 * @param transparency what happens to transparent places if there are any
 * @param orientation how pictures lie that do not say so themselves
 */
record Display(
        double pixelAspect, boolean squares, Transparency transparency, Orientation orientation) {

    /** Still pictures and animations: the density of a scan is no shape of its pixels. */
    static final Display AS_STORED =
            new Display(0, false, Transparency.DROPPED, Orientation.UPRIGHT);

    // an encoder that rounded the size of its picture; not worth a blur
    private static final double ROUNDING = 0.02;

    // beyond what any camera or disc has; a header that lies
    private static final double MOST = 4;

    /**
     * A video's.
     *
     * @param container width of a pixel by its height, 0 / 1 if the container does not say
     */
    static Display video(AVRational container, boolean overBlack) {
        return new Display(
                ratio(container),
                true,
                overBlack ? Transparency.OVER_BLACK : Transparency.DROPPED,
                Orientation.UPRIGHT);
    }

    /** The same of pictures that lie otherwise. */
    Display lying(Orientation otherwise) {
        return new Display(pixelAspect, squares, transparency, otherwise);
    }

    /** By how much the stored picture has to be made wider; the container's word goes first. */
    double stretch(AVFrame picture) {
        double aspect = pixelAspect > 0 ? pixelAspect : ratio(picture.sample_aspect_ratio());
        boolean square = !squares || aspect <= 0 || Math.abs(aspect - 1) < ROUNDING;
        return square || aspect > MOST || aspect < 1 / MOST ? 1 : aspect;
    }

    private static double ratio(AVRational ratio) {
        return ratio.num() <= 0 || ratio.den() <= 0 ? 0 : (double) ratio.num() / ratio.den();
    }
}
