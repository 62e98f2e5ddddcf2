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
 * that saves work, {@link JumpingPass} decodes only what the wanted frames need, and the first way
 * is gone as soon as a frame is not where its packet was.
 */
final class VideoReader {

    private static final Logger LOG = System.getLogger(VideoReader.class.getName());

    private final Opener opener;
    private final Sampling sampling;
    private final MediaLimits limits;
    private final double minSaving;
    private int[] cuts;

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
        cuts = sampling instanceof Sampling.Shots ? ShotScan.of(opener, limits).cuts() : new int[0];
        demuxer.leaveOutData();
        PacketScan scan = PacketScan.of(demuxer, opener.name(), limits);
        int[] wanted = plan(scan.timeline());
        if (wanted.length > 0
                && demuxer.seeksExactly()
                && scan.timed()
                && (demuxer.skipsUnreferenced() || JumpingPass.saving(scan, wanted) >= minSaving)) {
            Clip clip = jumping(demuxer, scan, wanted);
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
        int[] wanted =
                sampling instanceof Sampling.Shots shots
                        ? FramePlan.perShot(shots, cuts, timeline.size())
                        : FramePlan.indices(sampling, timeline);
        return FramePlan.within(wanted, opener.name(), limits);
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
     * @return null if a frame is not where its packet says
     */
    private Clip jumping(Demuxer demuxer, PacketScan scan, int[] wanted) throws MediaException {
        Timeline timeline = scan.timeline();
        try (RgbConverter converter = converter(wanted.length)) {
            List<Frame> frames = new ArrayList<>();
            boolean whole =
                    new JumpingPass(opener, demuxer, limits, scan)
                            .run(
                                    wanted,
                                    (frame, picture) ->
                                            frames.add(
                                                    converter.convert(
                                                            picture,
                                                            frame,
                                                            timeline.seconds(frame))));
            return whole ? clip(demuxer, frames, timeline) : null;
        }
    }

    private RgbConverter converter(int frames) {
        long pixels = FfmpegBackend.CLIP_BYTES / 3 / Math.max(1, frames);
        return new RgbConverter(opener.name(), pixels, RgbConverter.Rounding.VIDEO);
    }

    private static Clip clip(Demuxer demuxer, List<Frame> frames, Timeline timeline) {
        Frame first = frames.get(0);
        return new Clip(info(demuxer, first.width(), first.height(), timeline), frames);
    }

    /** What a video is whose frames are known. */
    static MediaInfo info(Demuxer demuxer, int width, int height, Timeline timeline) {
        int n = timeline.size();
        double span = timeline.span();
        double rate = n > 1 && span > 0 ? (n - 1) / span : demuxer.nominalRate();
        boolean still = n == 1 && demuxer.animation();
        return new MediaInfo(
                still ? "image" : "video",
                demuxer.containerName(),
                demuxer.codecName(),
                width,
                height,
                still ? 0 : span + 1 / rate,
                still ? 0 : rate);
    }
}
