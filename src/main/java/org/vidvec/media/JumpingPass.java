package org.vidvec.media;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes frames whose places are known: jumps to the key frame before a wanted frame where one
 * lies ahead, and leaves out pictures in between that no other one needs.
 */
final class JumpingPass {

    // a seek refills the decoder; a few frames more are decoded as fast
    private static final int WORTH_A_SEEK = 8;

    private final VideoReader.Opener opener;
    private final Demuxer scanned;
    private final MediaLimits limits;
    private final PacketScan scan;

    /** Gets the wanted frames in order; the picture is valid during the call. */
    interface Taker {
        void take(int frame, AVFrame picture) throws MediaException;
    }

    /**
     * @param scanned one that {@linkplain Demuxer#seeksExactly seeks exactly}, anywhere in its file
     * @param scan of this file, with a time for every packet
     */
    JumpingPass(VideoReader.Opener opener, Demuxer scanned, MediaLimits limits, PacketScan scan) {
        this.opener = opener;
        this.scanned = scanned;
        this.limits = limits;
        this.scan = scan;
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
        if (!scanned.withoutData()) {
            return run(scanned, wanted, taker);
        }
        try (Demuxer fresh = opener.open()) {
            return run(fresh, wanted, taker);
        }
    }

    private boolean run(Demuxer demuxer, int[] wanted, Taker taker) throws MediaException {
        try (FrameStream stream = new FrameStream(demuxer, opener.name(), limits)) {
            boolean skips = demuxer.skipsUnreferenced();
            if (skips) {
                Timeline timeline = scan.timeline();
                stream.skipUnless(tick -> Arrays.binarySearch(wanted, timeline.frameAt(tick)) >= 0);
            }
            int at = -1;
            for (int frame : wanted) {
                PacketScan.Key key = scan.keyBefore(frame);
                boolean jump = at < 0 || key != null && key.frame() > at + WORTH_A_SEEK;
                if (jump) {
                    if (key == null || !demuxer.seek(key.seekTicks())) {
                        return false;
                    }
                    stream.flush();
                }
                if (!decodeTo(stream, frame, jump || skips ? -1 : at) || stream.errors() > 0) {
                    return false;
                }
                taker.take(frame, stream.frame());
                at = frame + 1;
            }
            return true;
        }
    }

    /**
     * @param expected index of the first frame, or -1 if frames may be missing
     * @return false if a frame came that should not, or the wanted one did not
     */
    private boolean decodeTo(FrameStream stream, int wanted, int expected) throws MediaException {
        int next = expected;
        while (stream.next()) {
            int frame = scan.timeline().frameAt(stream.tick(Long.MIN_VALUE));
            if (frame < 0 || (next >= 0 && frame != next) || frame > wanted) {
                return false;
            }
            if (frame == wanted) {
                return true;
            }
            next = expected < 0 ? -1 : frame + 1;
        }
        return false;
    }
}
