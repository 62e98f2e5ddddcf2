package org.vidvec.media;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.vidvec.bitstream.Unreferenced;

/**
 * Decodes frames whose places are known: jumps to the key frame before a wanted frame where one
 * lies ahead, and leaves out pictures in between that no other one needs.
 */
final class JumpingPass {

    // a seek refills the decoder; a few frames more are decoded as fast
    private static final int WORTH_A_SEEK = 8;

    private final ScannedVideo video;
    private final PacketScan scan;

    /** Gets the wanted frames in order; the picture is valid during the call. */
    interface Taker {
        void take(int frame, AVFrame picture) throws MediaException;
    }

    /**
     * @param video one that {@linkplain ScannedVideo#seeksExactly seeks exactly}
     */
    JumpingPass(ScannedVideo video) {
        this.video = video;
        this.scan = video.scan();
    }

    /** What jumping spares, as a part of all frames. */
    static double saving(PacketScan scan, int[] wanted) {
        int at = 0;
        int decoded = 0;
        for (int frame : wanted) {
            PacketScan.Key key = scan.keyBefore(frame);
            int from = key != null && key.frame() > at + WORTH_A_SEEK ? key.frame() : at;
            decoded += frame + 1 - from;
            at = frame + 1;
        }
        return 1 - (double) decoded / Math.max(1, scan.timeline().size());
    }

    /**
     * @param wanted ascending indices of frames
     * @return false as soon as a frame is not where its packet says, or one was damaged
     */
    boolean run(int[] wanted, Taker taker) throws MediaException {
        Unreferenced unreferenced = video.unreferenced();
        try (FrameStream stream = video.seekingFrames()) {
            if (unreferenced != null) {
                Timeline timeline = scan.timeline();
                stream.skipUnless(
                        unreferenced,
                        tick -> Arrays.binarySearch(wanted, timeline.frameAt(tick)) >= 0);
            }
            return run(stream, wanted, unreferenced, taker);
        }
    }

    private boolean run(FrameStream stream, int[] wanted, Unreferenced thinnedBy, Taker taker)
            throws MediaException {
        int at = 0;
        for (int frame : wanted) {
            PacketScan.Key key = scan.keyBefore(frame);
            boolean jump = at == 0 || key != null && key.frame() > at + WORTH_A_SEEK;
            if (jump && (key == null || !stream.seek(key))) {
                return false;
            }
            if (!decodeTo(stream, frame, jump ? 0 : at, jump || thinnedBy != null)
                    || stream.errors() > 0
                    || thinnedBy != null && !isSound(stream, thinnedBy)) {
                return false;
            }
            taker.take(frame, stream.frame());
            at = frame + 1;
        }
        return true;
    }

    /** Where the decoder holds back more than the times say, these are not those of the frames. */
    private boolean isSound(FrameStream stream, Unreferenced thinnedBy) {
        return thinnedBy.sound() && stream.reorder() <= scan.reorder();
    }

    /**
     * @param from least index of the next frame
     * @param gaps whether frames may be missing
     * @return false if a frame came that should not, or the wanted one did not
     */
    private boolean decodeTo(FrameStream stream, int wanted, int from, boolean gaps)
            throws MediaException {
        int next = from;
        while (stream.next()) {
            int frame = scan.timeline().frameAt(stream.tick(Long.MIN_VALUE));
            if (frame < next || frame > wanted || !gaps && frame != next) {
                return false;
            }
            if (frame == wanted) {
                return true;
            }
            next = frame + 1;
        }
        return false;
    }
}
