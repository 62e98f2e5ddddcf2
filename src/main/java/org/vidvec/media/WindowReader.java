package org.vidvec.media;

import java.util.function.Consumer;

/**
 * Decodes the frames of all windows in one pass over the file, however much the windows overlap.
 * Shots whose frames do not fit into the memory of a decode take a second one. Their places come
 * from the packets; a frame that does not come there is replaced by the next one.
 */
final class WindowReader {

    // how many windows may hold frames at once: 10 s every 5 s overlap by two
    static final int WINDOWS_AT_ONCE = 2;

    private static final double MIN_SAVING = 0.5;

    private final ScannedVideo video;
    private final WindowRequest request;
    private final MediaLimits limits;

    WindowReader(ScannedVideo video, WindowRequest request, MediaLimits limits) {
        this.video = video;
        this.request = request;
        this.limits = limits;
    }

    /**
     * @param taker gets the windows in order, on this thread
     */
    MediaInfo read(Consumer<Window> taker) throws MediaException {
        if (request.windows() instanceof Windows.Shots shots) {
            return shots(shots, taker);
        }
        Timeline timeline = video.scan().timeline();
        return rest(plan(timeline, new int[0]), timeline, taker);
    }

    private WindowPlan plan(Timeline timeline, int[] cuts) throws MediaException {
        return WindowPlan.of(request, timeline, cuts, video.name(), limits);
    }

    /** In the pass that finds the cuts as long as the memory lasts; what is left in another. */
    private MediaInfo shots(Windows.Shots shots, Consumer<Window> taker) throws MediaException {
        try (OpenShot open = new OpenShot(video, request, shots, limits, taker)) {
            ShotScan scan = ShotScan.of(video, open);
            Timeline timeline = scan.timeline();
            WindowPlan left = open.finish(plan(timeline, scan.cuts()), timeline);
            if (left.spans().isEmpty()) {
                return VideoReader.info(video.demuxer(), open.shown(), timeline);
            }
            MediaInfo info = rest(left, timeline, taker);
            boolean transparent =
                    open.shown() != null && open.shown().transparency() != Transparency.NONE;
            return transparent ? VideoReader.info(video.demuxer(), open.shown(), timeline) : info;
        }
    }

    private MediaInfo rest(WindowPlan plan, Timeline timeline, Consumer<Window> taker)
            throws MediaException {
        String name = video.name();
        WindowAssembler assembler = new WindowAssembler(plan, taker);
        int atOnce = Math.max(1, plan.mostFrames()) * WINDOWS_AT_ONCE;
        try (RgbConverter converter =
                new RgbConverter(
                        name,
                        new PictureMemory(name, limits, atOnce),
                        RgbConverter.Rounding.VIDEO,
                        video.demuxer().display())) {
            int[] wanted = plan.wanted();
            boolean jumps =
                    timeline.size() == video.scan().timeline().size()
                            && video.jumpingPays(wanted, MIN_SAVING);
            if (!jumps || !jump(wanted, assembler, converter)) {
                forward(timeline, wanted, assembler, converter);
            }
            assembler.finish();
            if (assembler.lastTaken() < 0) {
                throw Refusals.corrupt(name, "no frame of it could be decoded");
            }
            return VideoReader.info(video.demuxer(), converter.shown(), timeline);
        }
    }

    private boolean jump(int[] wanted, WindowAssembler assembler, RgbConverter converter)
            throws MediaException {
        Timeline timeline = video.scan().timeline();
        return new JumpingPass(video)
                .run(
                        wanted,
                        (frame, picture) ->
                                assembler.take(
                                        converter.convert(
                                                picture, frame, timeline.seconds(frame))));
    }

    /** Every frame once; the first at or after each wanted time that is still to come. */
    private void forward(
            Timeline timeline, int[] wanted, WindowAssembler assembler, RgbConverter converter)
            throws MediaException {
        int next = 0;
        while (next < wanted.length && wanted[next] <= assembler.lastTaken()) {
            next++;
        }
        try (FrameStream stream = video.frames()) {
            Timeline real = stream.timeline();
            while (next < wanted.length && stream.next()) {
                real.addAscending(stream.nextTick(real));
                double time = real.span();
                Frame frame = null;
                while (next < wanted.length && timeline.seconds(wanted[next]) <= time + 1e-6) {
                    frame =
                            frame == null
                                    ? converter.convert(stream.frame(), wanted[next], time)
                                    : new Frame(
                                            wanted[next],
                                            time,
                                            frame.width(),
                                            frame.height(),
                                            frame.rgb());
                    assembler.take(frame);
                    next++;
                }
            }
        }
    }
}
