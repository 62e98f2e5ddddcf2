package org.vidvec.quality;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vidvec.datasets.BadLines;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.Datasets;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaReader;
import org.vidvec.model.ModelInfo;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.world.FrameSize;
import org.vidvec.world.RetrievalSet.TooManyException;
import org.vidvec.world.Split;

/** Opens the set that an order names, sampled as the model looks at it. */
final class SetOpening {

    /** Clips of the world where no limit is given: the figures of the default model. */
    private static final int CLIPS = 1000;

    private static final long KEPT_FRAMES = 256L << 20;

    private final EvalOrder order;
    private final NativeLibraries natives;
    private final ModelInfo model;

    SetOpening(EvalOrder order, NativeLibraries natives, ModelInfo model) {
        this.order = order;
        this.natives = natives;
        this.model = model;
    }

    Measured open() throws QualityException {
        Measured measured = order.set().equals(EvalOrder.WORLD) ? world() : files();
        return measured.on(new KeptShelf(measured.shelf(), KEPT_FRAMES));
    }

    private Measured world() throws QualityException {
        int clips = order.limit() == 0 ? CLIPS : order.limit();
        if (order.captionField() != null) {
            throw new QualityException(
                    "[--caption-field] is ["
                            + order.captionField()
                            + "], but the clips of [world] have one short caption; write them with"
                            + " [./vidvec world --out DIR] and measure on DIR");
        }
        try {
            return new WorldSet(order.seed(), split(), size(order.size()))
                    .clips(clips)
                    .longVideos(order.longVideos())
                    .with(order.sampling(model));
        } catch (TooManyException e) {
            throw new QualityException("[--limit]: " + e.getMessage(), e);
        }
    }

    /**
     * A set in two: what constants are chosen on, and what is measured.
     *
     * @param chosenOn other media than those of {@code measured}
     * @param what says which they are, for reports
     */
    record Parted(Measured chosenOn, Measured measured, String what) {}

    /**
     * Of the world the validation split has the clips to choose on (for itself the train split), as
     * many as are measured. Of other sets it is every other medium, which is then not measured.
     */
    Parted part(Measured all) throws QualityException {
        if (order.set().equals(EvalOrder.WORLD)) {
            Split other = split() == Split.VALIDATION ? Split.TRAIN : Split.VALIDATION;
            int clips = all.labels().media().size();
            try {
                Measured others =
                        new WorldSet(order.seed(), other, size(order.size()))
                                .clips(clips)
                                .with(order.sampling(model));
                return new Parted(
                        others, all, "[" + clips + "] clips of the split [" + other + "]");
            } catch (TooManyException e) {
                throw new QualityException(
                        "[--dual-softmax] [tune] needs as many clips of the split ["
                                + other
                                + "] as are measured: "
                                + e.getMessage(),
                        e);
            }
        }
        List<Medium> odd = new ArrayList<>();
        List<Medium> even = new ArrayList<>();
        all.labels().media().forEach(m -> (odd.size() > even.size() ? even : odd).add(m));
        Measured chosenOn = all.only(odd);
        Measured measured = all.only(even);
        if (chosenOn.labels().captions().isEmpty() || measured.labels().captions().isEmpty()) {
            throw new QualityException(
                    "[--dual-softmax] [tune] chooses on every other medium, and set ["
                            + all.labels().name()
                            + "] has none with captions to choose on or to measure; give a number");
        }
        return new Parted(
                chosenOn,
                measured,
                "the ["
                        + odd.size()
                        + "] media at odd places; retrieval is measured on the other ["
                        + even.size()
                        + "]");
    }

    Split split() throws QualityException {
        try {
            return Split.valueOf(order.split().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new QualityException(
                    "unknown split [" + order.split() + "]; known are " + List.of(Split.values()),
                    e);
        }
    }

    /** {@code WxH} in pixels. */
    static FrameSize size(String text) throws QualityException {
        try {
            String[] parts = text.split("x", 2);
            return new FrameSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new QualityException("[--size] is [" + text + "]; it must be like [84x84]", e);
        } catch (IllegalArgumentException e) {
            throw new QualityException("[--size]: " + e.getMessage(), e);
        }
    }

    private Measured files() throws QualityException {
        try {
            LabelledSet set =
                    Datasets.read(
                            new Datasets.Order(
                                    Path.of(order.set()),
                                    order.layout(),
                                    order.media() == null ? null : Path.of(order.media()),
                                    order.split(),
                                    order.skips() ? BadLines.Policy.SKIP : BadLines.Policy.FAIL,
                                    order.captionField()));
            if (order.limit() > 0) {
                set = set.limit(order.limit());
            }
            if (order.captions().equals("first")) {
                set = set.firstCaptions();
            }
            Shelf shelf = new FileShelf(new MediaReader(natives), order.sampling(model));
            return new Measured(set, shelf, CaptionWords.NONE);
        } catch (DatasetException e) {
            throw new QualityException(e.getMessage(), e);
        }
    }
}
