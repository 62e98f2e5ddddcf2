package org.vidvec.media;

import java.util.function.Consumer;

/**
 * Decodes the frames of all windows in one pass over the file, however much the windows overlap.
 * Their places come from the packets; a frame that does not come there is replaced by the next one.
 */
final class WindowReader {

    // how many windows may hold frames at once: 10 s every 5 s overlap by two
    private static final int WINDOWS_AT_ONCE = 2;

    private static final double MIN_SAVING = 0.5;

    private final VideoReader.Opener opener;
    private final WindowRequest request;
    private final MediaLimits limits;

    WindowReader(VideoReader.Opener opener, WindowRequest request, MediaLimits limits) {
        this.opener = opener;
        this.request = request;
        this.limits = limits;
    }

    /**
     * @param demuxer at the beginning
     * @param taker gets the windows in order, on this thread
     */
    MediaInfo read(Demuxer demuxer, Consumer<Window> taker) throws MediaException {
        String name = opener.name();
        demuxer.leaveOutData();
        PacketScan scan = PacketScan.of(demuxer, name, limits);
        Timeline timeline = scan.timeline();
        int[] cuts = new int[0];
        if (request.windows() instanceof Windows.Shots) {
            ShotScan shots = ShotScan.of(opener, limits);
            cuts = shots.cuts();
            timeline = shots.timeline();
        }
        WindowPlan plan = WindowPlan.of(request, timeline, cuts, name, limits);
        WindowAssembler assembler = new WindowAssembler(plan, taker);
        int atOnce = Math.max(1, plan.mostFrames()) * WINDOWS_AT_ONCE;
        try (RgbConverter converter =
                new RgbConverter(
                        name, FfmpegBackend.CLIP_BYTES / 3 / atOnce, RgbConverter.Rounding.VIDEO)) {
            int[] wanted = plan.wanted();
            if (!jumps(demuxer, scan, timeline, wanted)
                    || !jump(demuxer, scan, wanted, assembler, converter)) {
                forward(timeline, wanted, assembler, converter);
            }
            assembler.finish();
            if (assembler.lastTaken() < 0) {
                throw Refusals.corrupt(name, "no frame of it could be decoded");
            }
            return VideoReader.info(demuxer, converter.width(), converter.height(), timeline);
        }
    }

    private static boolean jumps(
            Demuxer demuxer, PacketScan scan, Timeline timeline, int[] wanted) {
        return wanted.length > 0
                && demuxer.seeksExactly()
                && scan.timed()
                && timeline.size() == scan.timeline().size()
                && (demuxer.skipsUnreferenced() || JumpingPass.saving(scan, wanted) >= MIN_SAVING);
    }

    private boolean jump(
            Demuxer demuxer,
            PacketScan scan,
            int[] wanted,
            WindowAssembler assembler,
            RgbConverter converter)
            throws MediaException {
        return new JumpingPass(opener, demuxer, limits, scan)
                .run(
                        wanted,
                        (frame, picture) ->
                                assembler.take(
                                        converter.convert(
                                                picture, frame, scan.timeline().seconds(frame))));
    }

    /** Every frame once; the first at or after each wanted time that is still to come. */
    private void forward(
            Timeline timeline, int[] wanted, WindowAssembler assembler, RgbConverter converter)
            throws MediaException {
        int next = 0;
        while (next < wanted.length && wanted[next] <= assembler.lastTaken()) {
            next++;
        }
        try (Demuxer demuxer = opener.open();
                FrameStream stream = new FrameStream(demuxer, opener.name(), limits)) {
            Timeline real = new Timeline(demuxer.timeBase());
            while (next < wanted.length && stream.next()) {
                real.addAscending(stream.tick(real.guess(demuxer.nominalRate())));
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
