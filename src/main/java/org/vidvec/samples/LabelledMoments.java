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
import org.vidvec.natives.NativeLibraries;

/**
 * Moments of a labelled set, each epoch in an order of its own. Wrong windows slide over the same
 * video and overlap no right stretch by 0.2 or more (intersection over union, ViLL-E §3.3); a
 * moment whose video has fewer than two of them is left out.
 */
public final class LabelledMoments implements MomentSupply {

    private static final int NEGATIVES = 2;
    private static final double MOST_OVERLAP = 0.2;

    /** A right stretch, and the windows that are wrong. */
    private record Known(Medium video, String text, Span right, List<Span> wrong) {}

    private final MomentOrigin.Labelled origin;
    private final MediaContents media;
    private final List<Known> moments = new ArrayList<>();
    private final List<String> notes;
    private final BatchOrder order;
    private final int batch;
    private final long seed;

    /**
     * Reads the annotations, and of videos whose lengths they do not tell the lengths.
     *
     * @param batch samples of a mini-batch
     * @throws DatasetException if they can't be read, or no moment can be used
     */
    public LabelledMoments(
            MomentOrigin.Labelled origin, int batch, long seed, NativeLibraries natives)
            throws DatasetException, ModelException {
        this.origin = origin;
        this.batch = batch;
        this.seed = seed;
        media = new MediaContents(natives, origin.frames());
        LabelledSet set = origin.files().open();
        notes = new ArrayList<>(origin.files().notes(set));
        int left = read(set);
        notes.add(moments.size() + " moments, " + left + " left out for want of wrong windows");
        if (moments.isEmpty()) {
            throw new DatasetException(
                    "set ["
                            + name()
                            + "] has no moment with ["
                            + NEGATIVES
                            + "] wrong windows of ["
                            + origin.window()
                            + "] seconds; it has ["
                            + set.moments().size()
                            + "] moments: lower [data.moments.window] and [data.moments.stride]");
        }
        order = new BatchOrder(moments.size(), batch, seed);
    }

    /** How many are left out. */
    private int read(LabelledSet set) throws ModelException {
        Map<String, Medium> videos =
                set.media().stream().collect(Collectors.toMap(Medium::id, Function.identity()));
        Map<String, Double> lengths = new HashMap<>();
        int left = 0;
        for (Moment moment : set.moments()) {
            Medium video = videos.get(moment.medium());
            double seconds = moment.seconds();
            if (Double.isNaN(seconds)) {
                if (lengths.containsKey(video.id()) == false) {
                    lengths.put(video.id(), media.seconds(video));
                }
                seconds = lengths.get(video.id());
            }
            List<Span> wrong = wrong(moment.spans(), seconds);
            for (Span right : moment.spans()) {
                if (wrong.size() < NEGATIVES || right.seconds() <= 0) {
                    left++;
                } else {
                    moments.add(new Known(video, moment.text(), right, wrong));
                }
            }
        }
        return left;
    }

    private List<Span> wrong(List<Span> right, double seconds) {
        List<Span> wrong = new ArrayList<>();
        for (double at = 0; at + origin.window() <= seconds; at += origin.stride()) {
            Span window = new Span(at, at + origin.window());
            if (right.stream().allMatch(span -> span.iou(window) < MOST_OVERLAP)) {
                wrong.add(window);
            }
        }
        return wrong;
    }

    @Override
    public String name() {
        return origin.files().name();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public long id(long number) {
        return order.batch(number / batch).get((int) (number % batch));
    }

    @Override
    public MomentSample at(long number) throws ModelException {
        Known moment = moments.get((int) id(number));
        List<Span> wrong = new ArrayList<>(moment.wrong());
        Collections.shuffle(wrong, new Random(31 * seed + number));
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
