package org.vidvec.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Moment;
import org.vidvec.datasets.Span;
import org.vidvec.model.Content;
import org.vidvec.model.ModelException;

/**
 * Right and wrong stretches of a set's videos. Wrong windows slide over the same video and overlap
 * no right stretch by 0.2 or more (intersection over union, ViLL-E §3.3); a moment whose video has
 * fewer than two of them is left out.
 */
final class SetMoments {

    /** Of each right stretch. */
    static final int NEGATIVES = 2;

    private static final double MOST_OVERLAP = 0.2;

    /** A right stretch, and the windows that are wrong. */
    record Known(Medium video, String text, Span right, List<Span> wrong) {}

    private final MediaContents media;
    private final SlidingWindows windows;
    private final boolean skipsBadMedia;
    private final List<Known> all = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Finds windows; of videos whose lengths the set does not tell the lengths are read.
     *
     * @throws DatasetException if a length can't be read, and the set's policy is not to leave such
     *     videos out
     */
    SetMoments(LabelledSet set, MediaContents media, SlidingWindows windows, boolean skipsBadMedia)
            throws DatasetException, ModelException {
        this.media = media;
        this.windows = windows;
        this.skipsBadMedia = skipsBadMedia;
        int left = read(set);
        notes.add(all.size() + " moments, " + left + " left out for want of wrong windows");
    }

    /** In the order of the set. */
    List<Known> all() {
        return all;
    }

    List<String> notes() {
        return notes;
    }

    /** How many are left out. */
    private int read(LabelledSet set) throws DatasetException, ModelException {
        Map<String, Medium> videos =
                set.media().stream().collect(Collectors.toMap(Medium::id, Function.identity()));
        Map<String, Double> lengths = new HashMap<>();
        int left = 0;
        for (Moment moment : set.moments()) {
            Medium video = videos.get(moment.medium());
            double seconds = moment.seconds();
            if (Double.isNaN(seconds)) {
                if (lengths.containsKey(video.id()) == false) {
                    lengths.put(video.id(), length(video));
                }
                seconds = lengths.get(video.id());
            }
            if (Double.isNaN(seconds)) {
                continue;
            }
            List<Span> wrong = windows.apartFrom(moment.spans(), seconds, MOST_OVERLAP);
            for (Span right : moment.spans()) {
                if (wrong.size() < NEGATIVES || right.seconds() <= 0) {
                    left++;
                } else {
                    all.add(new Known(video, moment.text(), right, wrong));
                }
            }
        }
        return left;
    }

    /** NaN for a video that can't be read and is left out. */
    private double length(Medium video) throws DatasetException, ModelException {
        try {
            return media.seconds(video);
        } catch (ModelException e) {
            if (e.kind() != ModelException.Kind.INPUT) {
                throw e;
            }
            if (skipsBadMedia == false) {
                throw new DatasetException(
                        "the length of video ["
                                + video.id()
                                + "]: "
                                + e.getMessage()
                                + "; mend it, or leave such videos out with [bad_media] [skip]",
                        e);
            }
            notes.add("left out with all its moments: " + e.getMessage());
            return Double.NaN;
        }
    }

    /**
     * Frames of the video and of its stretches.
     *
     * @param draw another one takes other wrong windows
     */
    MomentSample sample(Known moment, long draw) throws ModelException {
        List<Span> wrong = new ArrayList<>(moment.wrong());
        // neighbouring seeds begin alike
        Collections.shuffle(wrong, new Random(draw * 0x9E3779B97F4A7C15L));
        List<List<Content>> negatives = new ArrayList<>();
        for (Span window : wrong.subList(0, NEGATIVES)) {
            negatives.add(media.of(moment.video(), window));
        }
        return new MomentSample(
                media.of(moment.video()),
                moment.text(),
                media.of(moment.video(), moment.right()),
                negatives);
    }
}
