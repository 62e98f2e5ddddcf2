package org.vidvec.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes the wanted frames of a video.
 *
 * <p>The packets are counted first, which is cheap and says which frames to expect. Then either
 * every frame is decoded once, in order, and the expectation is checked against what came; or, if
 * that saves at least half of the work, the reader jumps to key frames, and goes back to the first
 * way as soon as a frame is not where its packet was.
 */
final class VideoReader {

    private static final Logger LOG = System.getLogger(VideoReader.class.getName());

    // a seek refills the decoder; a few frames more are decoded as fast
    private static final int WORTH_A_SEEK = 8;

    private final Opener opener;
    private final Sampling sampling;
    private final MediaLimits limits;
    private final double minSaving;

    /** Opens the file anew, at its beginning. */
    interface Opener {
        String name();

        Demuxer open() throws MediaException;
    }

    /**
     * @param minSaving part of the frames that seeking must spare to be done, 0 to 1
     */
    VideoReader(Opener opener, Sampling sampling, MediaLimits limits, double minSaving) {
        this.opener = opener;
        this.sampling = sampling;
        this.limits = limits;
        this.minSaving = minSaving;
    }

    /**
     * @param demuxer at the beginning
     */
    Clip read(Demuxer demuxer) throws MediaException {
        PacketScan scan = PacketScan.of(demuxer, opener.name(), limits);
        int[] wanted = plan(scan.timeline());
        if (wanted.length > 0
                && demuxer.seeksExactly()
                && scan.timed()
                && saving(scan, wanted) >= minSaving) {
            Clip clip = seeking(scan, wanted);
            if (clip != null) {
                return clip;
            }
        }
        Pass pass = forward(wanted);
        int[] real = plan(pass.timeline);
        if (!Arrays.equals(real, wanted)) {
            pass = forward(real);
        }
        if (pass.frames.isEmpty()) {
            throw Refusals.corrupt(opener.name(), "no frame of it could be decoded");
        }
        if (pass.damaged) {
            LOG.log(
                    Level.INFO,
                    "[{0}] is damaged; [{1}] frames of it decode",
                    opener.name(),
                    pass.timeline.size());
        }
        return clip(demuxer, pass.frames, pass.timeline);
    }

    private int[] plan(Timeline timeline) throws MediaException {
        return FramePlan.within(sampling, timeline, opener.name(), limits);
    }

    /** What seeking spares, as a part of all frames. */
    private static double saving(PacketScan scan, int[] wanted) {
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

    private record Pass(List<Frame> frames, Timeline timeline, boolean damaged) {}

    /** Decodes everything once; keeps the frames at the wanted indices. */
    private Pass forward(int[] wanted) throws MediaException {
        try (Demuxer demuxer = opener.open();
                FrameStream stream = new FrameStream(demuxer, opener.name(), limits);
                RgbConverter converter = converter(wanted.length)) {
            Timeline timeline = new Timeline(demuxer.timeBase());
            List<Frame> frames = new ArrayList<>();
            while (stream.next()) {
                int i = timeline.size();
                timeline.addAscending(stream.tick(timeline.guess(demuxer.nominalRate())));
                if (frames.size() < wanted.length && wanted[frames.size()] == i) {
                    frames.add(converter.convert(stream.frame(), i, timeline.seconds(i)));
                }
            }
            return new Pass(frames, timeline, demuxer.damaged() || stream.errors() > 0);
        }
    }

    /**
     * Jumps to the key frame before a wanted frame where one lies ahead.
     *
     * @return null if a frame is not where its packet says
     */
    private Clip seeking(PacketScan scan, int[] wanted) throws MediaException {
        Timeline timeline = scan.timeline();
        try (Demuxer demuxer = opener.open();
                FrameStream stream = new FrameStream(demuxer, opener.name(), limits);
                RgbConverter converter = converter(wanted.length)) {
            List<Frame> frames = new ArrayList<>();
            int at = 0;
            for (int frame : wanted) {
                PacketScan.Key key = scan.keyBefore(frame);
                boolean jump = key != null && key.frame() > at + WORTH_A_SEEK;
                if (jump) {
                    if (!demuxer.seek(key.seekTicks())) {
                        return null;
                    }
                    stream.flush();
                }
                if (!decodeTo(stream, timeline, frame, jump ? -1 : at)) {
                    return null;
                }
                frames.add(converter.convert(stream.frame(), frame, timeline.seconds(frame)));
                at = frame + 1;
            }
            return clip(demuxer, frames, timeline);
        }
    }

    /**
     * @param expected index of the first frame, or -1 just after a jump
     * @return false if a frame came that should not, or the wanted one did not
     */
    private static boolean decodeTo(FrameStream stream, Timeline timeline, int wanted, int expected)
            throws MediaException {
        int next = expected;
        while (stream.next()) {
            int frame = timeline.frameAt(stream.tick(Long.MIN_VALUE));
            if (frame < 0 || (next >= 0 && frame != next) || frame > wanted) {
                return false;
            }
            if (frame == wanted) {
                return true;
            }
            next = frame + 1;
        }
        return false;
    }

    private RgbConverter converter(int frames) {
        long pixels = FfmpegBackend.CLIP_BYTES / 3 / Math.max(1, frames);
        return new RgbConverter(opener.name(), pixels, RgbConverter.Rounding.VIDEO);
    }

    private static Clip clip(Demuxer demuxer, List<Frame> frames, Timeline timeline) {
        int n = timeline.size();
        double span = timeline.span();
        double rate = n > 1 && span > 0 ? (n - 1) / span : demuxer.nominalRate();
        Frame first = frames.get(0);
        boolean still = n == 1 && demuxer.animation();
        MediaInfo info =
                new MediaInfo(
                        still ? "image" : "video",
                        demuxer.containerName(),
                        demuxer.codecName(),
                        first.width(),
                        first.height(),
                        still ? 0 : span + 1 / rate,
                        still ? 0 : rate);
        return new Clip(info, frames);
    }
}
