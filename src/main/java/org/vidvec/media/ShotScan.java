package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes a whole video, small, to find its shots.
 *
 * @param timeline of all frames that decode
 * @param cuts first frame of each shot but the first, ascending
 */
record ShotScan(Timeline timeline, int[] cuts) {

    // small enough that camera shake and grain average out
    private static final int WIDTH = 48;
    private static final int HEIGHT = 27;

    /** Looks at the frames as they come. */
    interface Follower {
        /**
         * @param picture the next one; the decoder's own
         * @param timeline of the frames up to it
         * @param detector knows the differences up to it
         */
        void shown(AVFrame picture, Timeline timeline, ShotDetector detector) throws MediaException;
    }

    /** Without anybody who looks at the frames. */
    static ShotScan of(ScannedVideo video) throws MediaException {
        return of(video, (picture, timeline, detector) -> {});
    }

    /**
     * @throws MediaException if a frame can't be converted, or the video is longer than allowed
     */
    static ShotScan of(ScannedVideo video, Follower follower) throws MediaException {
        ShotDetector detector = new ShotDetector();
        try (FrameStream stream = video.frames();
                Scaler scaler = new Scaler(SWS_AREA);
                RgbPicture small = new RgbPicture(WIDTH, HEIGHT)) {
            Timeline timeline = stream.timeline();
            byte[] before = null;
            while (stream.next()) {
                timeline.addAscending(stream.nextTick(timeline));
                if (!scaler.scale(stream.frame(), small.frame())) {
                    throw new MediaException(
                            MediaException.Reason.UNSUPPORTED,
                            "could not decode [" + video.name() + "]: unsupported pixel format");
                }
                byte[] now = small.bytes();
                detector.add(before == null ? 0 : difference(before, now));
                before = now;
                follower.shown(stream.frame(), timeline, detector);
            }
            return new ShotScan(timeline, detector.cuts());
        }
    }

    private static double difference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 255) - (b[i] & 255));
        }
        return (double) sum / a.length;
    }
}
