package org.vidvec.datasets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Clips of a moment's video among which its text has to find the right ones (VLM2Vec-V2, App.
 * A.3.2): all stretches of the moment, and nine others of that video. Which others its authors drew
 * is not told; here they are as long as the moment's shortest stretch, spread over the video and
 * drawn by a seed.
 *
 * @param right the moment's own stretches
 * @param wrong others of the video, 1 to {@value #WRONG}
 */
public record ClipChoices(Moment moment, List<Span> right, List<Span> wrong) {

    /** MomentSeeker's number. */
    static final int WRONG = 9;

    /** What overlaps a right one more is none that is wrong (ViLL-E §3.3). */
    static final double OVERLAP = 0.2;

    /** Places at which a clip may begin. */
    private static final int PLACES = 64;

    public ClipChoices {
        right = List.copyOf(right);
        wrong = List.copyOf(wrong);
    }

    /**
     * The choices of each moment; moments with a stretch that is too long, or in whose video there
     * is no other clip, are left out.
     *
     * @param most part of the video that a stretch is shorter than; 1 for any length
     * @param seed of what is drawn
     */
    public static List<ClipChoices> of(LabelledSet set, double most, long seed) {
        Map<String, Double> lengths = lengths(set.moments());
        List<ClipChoices> choices = new ArrayList<>();
        for (Moment moment : set.moments()) {
            double seconds = lengths.get(moment.medium());
            double longest = moment.spans().stream().mapToDouble(Span::seconds).max().orElseThrow();
            List<Span> wrong = wrong(moment, seconds, seed);
            if (longest < most * seconds && wrong.isEmpty() == false) {
                choices.add(new ClipChoices(moment, moment.spans(), wrong));
            }
        }
        return choices;
    }

    /** As the set says; where it does not, up to the last end that it tells of. */
    private static Map<String, Double> lengths(List<Moment> moments) {
        Map<String, Double> lengths = new HashMap<>();
        for (Moment moment : moments) {
            double end = moment.spans().stream().mapToDouble(Span::end).max().orElseThrow();
            double length = Double.isNaN(moment.seconds()) ? end : moment.seconds();
            lengths.merge(moment.medium(), length, Math::max);
        }
        return lengths;
    }

    private static List<Span> wrong(Moment moment, double seconds, long seed) {
        double length = moment.spans().stream().mapToDouble(Span::seconds).min().orElseThrow();
        List<Span> others = new ArrayList<>();
        for (int i = 0; i < PLACES && length < seconds; i++) {
            double start = (seconds - length) * i / (PLACES - 1);
            Span clip = new Span(start, start + length);
            if (moment.spans().stream().allMatch(right -> right.iou(clip) < OVERLAP)) {
                others.add(clip);
            }
        }
        int n = Math.min(WRONG, others.size());
        // the moment's own numbers, so that a limit changes no other's
        SplittableRandom random = new SplittableRandom(31 * seed + moment.id().hashCode());
        List<Span> wrong = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int from = i * others.size() / n;
            int to = (i + 1) * others.size() / n;
            wrong.add(others.get(random.nextInt(from, to)));
        }
        return wrong;
    }
}
