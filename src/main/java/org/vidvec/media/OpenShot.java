package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Hands out the windows of shots while their cuts are looked for, so that a video is decoded once.
 * Which frames of a shot are wanted depends on where it ends, so all frames of the shot that is
 * going on are kept as the decoder made them. If they take more memory than there is, this gives
 * up: the windows from there on are somebody else's.
 */
final class OpenShot implements ShotScan.Follower, AutoCloseable {

    // copies on the way to RGB, in bytes per pixel
    private static final int COPIES = 20;

    private record Held(int index, AVFrame picture, long bytes) {}

    private final ScannedVideo video;
    private final WindowRequest request;
    private final Windows.Shots shots;
    private final MediaLimits limits;
    private final Consumer<Window> taker;
    private final int framesAtOnce;
    private final RgbConverter converter;
    private final Deque<Held> held = new ArrayDeque<>();
    private long heldBytes;
    private boolean gaveUp;
    private int start;
    private int looked = 1;
    private int cut;
    private int handed;

    /**
     * @param shots those of the request
     * @param taker gets the windows in order
     */
    OpenShot(
            ScannedVideo video,
            WindowRequest request,
            Windows.Shots shots,
            MediaLimits limits,
            Consumer<Window> taker) {
        this.video = video;
        this.request = request;
        this.shots = shots;
        this.limits = limits;
        this.taker = taker;
        this.framesAtOnce =
                WindowReader.WINDOWS_AT_ONCE
                        * Math.min(
                                FramePlan.most(request.sampling(), shots.maxSeconds()),
                                limits.maxFrames());
        this.converter =
                new RgbConverter(
                        video.name(),
                        new PictureMemory(video.name(), limits, framesAtOnce),
                        RgbConverter.Rounding.VIDEO,
                        video.demuxer().display());
    }

    @Override
    public void shown(AVFrame picture, Timeline timeline, ShotDetector detector)
            throws MediaException {
        hold(picture, timeline.size() - 1);
        while (!gaveUp && detector.knows(looked)) {
            if (cut == 0 && detector.isCut(looked) && farFrom(start, looked, timeline)) {
                cut = looked;
            }
            looked++;
        }
        // a shot that ends too soon after it would be none
        if (!gaveUp && cut > 0 && farFrom(cut, timeline.size() - 1, timeline)) {
            hand(timeline);
        }
    }

    private boolean farFrom(int frame, int later, Timeline timeline) {
        return timeline.seconds(later) - timeline.seconds(frame) >= shots.minSeconds();
    }

    private void hold(AVFrame picture, int index) throws MediaException {
        if (gaveUp) {
            return;
        }
        long bytes = PictureMemory.bytes(picture);
        boolean fits = heldBytes + bytes <= mostBytes(picture);
        AVFrame kept = fits ? av_frame_clone(picture) : null;
        if (kept == null) {
            giveUp();
            return;
        }
        held.add(new Held(index, kept, bytes));
        heldBytes += bytes;
    }

    /** What is left beside the frames of the windows; nothing if those have to be made smaller. */
    private long mostBytes(AVFrame picture) {
        double pixels =
                video.demuxer().display().stretch(picture) * picture.width() * picture.height();
        double frames = 3 * pixels * framesAtOnce;
        return frames > FfmpegBackend.CLIP_BYTES
                ? 0
                : (long) (limits.maxMemory() - frames - COPIES * pixels);
    }

    private void giveUp() {
        gaveUp = true;
        letGo(Integer.MAX_VALUE);
    }

    /** The shot that is going on ends at the cut. */
    private void hand(Timeline timeline) throws MediaException {
        List<WindowPlan.Span> spans =
                WindowPlan.shot(
                        request,
                        shots,
                        timeline,
                        new double[] {timeline.seconds(start), timeline.seconds(cut)},
                        video.name(),
                        limits);
        if (handed + spans.size() > request.maxWindows()) {
            // to be refused when it is known how many there are
            giveUp();
            return;
        }
        hand(spans, timeline);
        // also the one before, which stands for a window without a frame of its own
        letGo(timeline.firstAtOrAfter(timeline.seconds(cut)) - 1);
        start = cut;
        cut = 0;
    }

    private void hand(List<WindowPlan.Span> spans, Timeline timeline) throws MediaException {
        for (WindowPlan.Span span : spans) {
            List<Frame> frames = new ArrayList<>();
            for (int index : span.wanted()) {
                for (Held one : held) {
                    if (one.index == index) {
                        frames.add(converter.convert(one.picture, index, timeline.seconds(index)));
                    }
                }
            }
            if (frames.isEmpty()) {
                throw Refusals.corrupt(video.name(), "no frame of it could be decoded");
            }
            taker.accept(new Window(span.start(), span.end(), frames));
            handed++;
        }
    }

    /** Lets go of the frames before one. */
    private void letGo(int first) {
        while (!held.isEmpty() && held.peek().index < first) {
            Held one = held.poll();
            heldBytes -= one.bytes;
            av_frame_free(one.picture);
        }
    }

    /**
     * After the last frame: hands out what is left.
     *
     * @return the windows that are not handed out, for want of memory
     */
    WindowPlan finish(WindowPlan plan, Timeline timeline) throws MediaException {
        WindowPlan left = plan.from(handed);
        if (gaveUp) {
            return left;
        }
        hand(left.spans(), timeline);
        return plan.from(handed);
    }

    /** What the frames have in common that were handed out; null if none was. */
    RgbConverter.Shown shown() {
        return converter.shown();
    }

    @Override
    public void close() {
        letGo(Integer.MAX_VALUE);
        converter.close();
    }
}
