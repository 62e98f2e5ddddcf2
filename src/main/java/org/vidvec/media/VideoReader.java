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

    private final ScannedVideo video;
    private final Sampling sampling;
    private final MediaLimits limits;
    private final double minSaving;
    private int[] cuts;

    /**
     * @param minSaving part of the frames that seeking must spare to be done, 0 to 1
     */
    VideoReader(ScannedVideo video, Sampling sampling, MediaLimits limits, double minSaving) {
        this.video = video;
        this.sampling = sampling;
        this.limits = limits;
        this.minSaving = minSaving;
    }

    Clip read() throws MediaException {
        cuts = sampling instanceof Sampling.Shots ? ShotScan.of(video).cuts() : new int[0];
        int[] wanted = plan(video.scan().timeline());
        if (video.jumpingPays(wanted, minSaving)) {
            Clip clip = jumping(wanted);
            if (clip != null) {
                return clip;
            }
            if (video.guessed()) {
                try (ScannedVideo whole = video.readWhole()) {
                    return new VideoReader(whole, sampling, limits, minSaving).read();
                }
            }
        }
        Pass pass = forward(wanted);
        int[] real = plan(pass.timeline);
        if (!Arrays.equals(real, wanted)) {
            pass = forward(real);
        }
        if (pass.frames.isEmpty()) {
            throw Refusals.corrupt(video.name(), "no frame of it could be decoded");
        }
        if (pass.damaged) {
            LOG.log(
                    Level.INFO,
                    "[{0}] is damaged; [{1}] frames of it decode",
                    video.name(),
                    pass.timeline.size());
        }
        return clip(pass.frames, pass.timeline, pass.shown);
    }

    private int[] plan(Timeline timeline) throws MediaException {
        int[] wanted =
                sampling instanceof Sampling.Shots shots
                        ? FramePlan.perShot(shots, cuts, timeline.size())
                        : FramePlan.indices(sampling, timeline);
        return FramePlan.within(wanted, video.name(), limits);
    }

    private record Pass(
            List<Frame> frames, Timeline timeline, boolean damaged, RgbConverter.Shown shown) {}

    /** Decodes everything once; keeps the frames at the wanted indices. */
    private Pass forward(int[] wanted) throws MediaException {
        try (FrameStream stream = video.frames();
                RgbConverter converter = converter(wanted.length)) {
            Timeline timeline = stream.timeline();
            List<Frame> frames = new ArrayList<>();
            while (stream.next()) {
                int i = timeline.size();
                timeline.addAscending(stream.nextTick(timeline));
                if (frames.size() < wanted.length && wanted[frames.size()] == i) {
                    frames.add(converter.convert(stream.frame(), i, timeline.seconds(i)));
                }
            }
            return new Pass(frames, timeline, stream.damaged(), converter.shown());
        }
    }

    /**
     * @return null if a frame is not where its packet says
     */
    private Clip jumping(int[] wanted) throws MediaException {
        Timeline timeline = video.scan().timeline();
        try (RgbConverter converter = converter(wanted.length)) {
            List<Frame> frames = new ArrayList<>();
            boolean whole =
                    new JumpingPass(video)
                            .run(
                                    wanted,
                                    (frame, picture) ->
                                            frames.add(
                                                    converter.convert(
                                                            picture,
                                                            frame,
                                                            timeline.seconds(frame))));
            return whole ? clip(frames, timeline, converter.shown()) : null;
        }
    }

    private RgbConverter converter(int frames) {
        PictureMemory memory = new PictureMemory(video.name(), limits, frames);
        return new RgbConverter(
                video.name(), memory, RgbConverter.Rounding.VIDEO, video.demuxer().display());
    }

    private Clip clip(List<Frame> frames, Timeline timeline, RgbConverter.Shown shown) {
        return new Clip(info(video.demuxer(), shown, timeline), frames);
    }

    /** What a video is whose frames are known. */
    static MediaInfo info(Demuxer demuxer, RgbConverter.Shown shown, Timeline timeline) {
        int n = timeline.size();
        double span = timeline.span();
        double rate = n > 1 && span > 0 ? (n - 1) / span : demuxer.nominalRate();
        boolean still = n == 1 && demuxer.traits().animation();
        return new MediaInfo(
                still ? "image" : "video",
                demuxer.containerName(),
                demuxer.codecName(),
                shown.width(),
                shown.height(),
                still ? 0 : span + 1 / rate,
                still ? 0 : rate,
                shown.transparency());
    }
}
