package org.vidvec.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a video's windows lie, and their frames.
 *
 * @param spans in the order of their starts
 */
record WindowPlan(List<Span> spans) {

    /**
     * A window.
     *
     * @param start in seconds
     * @param end in seconds
     * @param wanted ascending indices of frames of the video, at least one
     */
    record Span(double start, double end, int[] wanted) {}

    /**
     * @param cuts first frame of each shot but the first; only shots need them
     * @throws MediaException if there are more windows, or frames in one, than allowed
     */
    static WindowPlan of(
            WindowRequest request, Timeline timeline, int[] cuts, String name, MediaLimits limits)
            throws MediaException {
        List<double[]> parts =
                switch (request.windows()) {
                    case Windows.Sliding s -> sliding(s, timeline.duration());
                    case Windows.Shots s -> shots(s, timeline, cuts);
                };
        if (parts.size() > request.maxWindows()) {
            throw Refusals.overLimit(
                    "[" + name + "] gives [" + parts.size() + "] windows, which is more",
                    request.maxWindows() + "",
                    request.setting(),
                    "take longer windows");
        }
        return new WindowPlan(spans(request, parts, timeline, name, limits));
    }

    private static List<Span> spans(
            WindowRequest request,
            List<double[]> parts,
            Timeline timeline,
            String name,
            MediaLimits limits)
            throws MediaException {
        List<Span> spans = new ArrayList<>();
        for (double[] part : parts) {
            int from = timeline.firstAtOrAfter(part[0]);
            int to = timeline.firstAtOrAfter(part[1]);
            // a window without a frame of its own shows the one before
            int first = from < to ? from : Math.max(0, from - 1);
            Timeline within = timeline.part(first, Math.max(to, first + 1));
            int[] wanted = FramePlan.within(request.sampling(), within, name, limits);
            spans.add(new Span(part[0], part[1], shifted(wanted, first)));
        }
        return spans;
    }

    /**
     * The windows of one shot.
     *
     * @param timeline up to its end or beyond
     * @param shot its start and end in seconds
     */
    static List<Span> shot(
            WindowRequest request,
            Windows.Shots shots,
            Timeline timeline,
            double[] shot,
            String name,
            MediaLimits limits)
            throws MediaException {
        return spans(request, pieces(shots, shot[0], shot[1]), timeline, name, limits);
    }

    /** The same without the first windows. */
    WindowPlan from(int first) {
        return new WindowPlan(spans.subList(first, spans.size()));
    }

    private static int[] shifted(int[] indices, int by) {
        return Arrays.stream(indices).map(i -> i + by).toArray();
    }

    private static List<double[]> sliding(Windows.Sliding sliding, double duration) {
        List<double[]> parts = new ArrayList<>();
        double end = 0;
        for (int k = 0; end < duration - 1e-6; k++) {
            double start = k * sliding.strideSeconds();
            end = Math.min(start + sliding.windowSeconds(), duration);
            parts.add(new double[] {start, end});
        }
        return parts;
    }

    private static List<double[]> shots(Windows.Shots shots, Timeline timeline, int[] cuts) {
        double duration = timeline.duration();
        List<Double> starts = new ArrayList<>(List.of(0.0));
        for (int cut : cuts) {
            double at = timeline.seconds(cut);
            double since = at - starts.get(starts.size() - 1);
            if (since >= shots.minSeconds() && duration - at >= shots.minSeconds()) {
                starts.add(at);
            }
        }
        List<double[]> parts = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            double start = starts.get(i);
            double end = i + 1 < starts.size() ? starts.get(i + 1) : duration;
            parts.addAll(pieces(shots, start, end));
        }
        return parts;
    }

    private static List<double[]> pieces(Windows.Shots shots, double start, double end) {
        List<double[]> parts = new ArrayList<>();
        int pieces = (int) Math.ceil((end - start) / shots.maxSeconds() - 1e-6);
        double length = (end - start) / Math.max(1, pieces);
        for (int j = 0; j < Math.max(1, pieces); j++) {
            boolean last = j == pieces - 1 || pieces <= 1;
            parts.add(new double[] {start + j * length, last ? end : start + (j + 1) * length});
        }
        return parts;
    }

    /** All wanted frames, ascending, each once. */
    int[] wanted() {
        return spans.stream()
                .flatMapToInt(span -> IntStream.of(span.wanted))
                .sorted()
                .distinct()
                .toArray();
    }

    /** The most frames of one window. */
    int mostFrames() {
        return spans.stream().mapToInt(span -> span.wanted.length).max().orElse(0);
    }
}
