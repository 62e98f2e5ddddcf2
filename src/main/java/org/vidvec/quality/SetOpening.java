package org.vidvec.quality;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vidvec.datasets.BadLines;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.Datasets;
import org.vidvec.datasets.LabelledSet;
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
        try {
            return new WorldSet(order.seed(), split(), size(order.size()))
                    .clips(clips)
                    .longVideos(order.longVideos())
                    .with(model.sampling());
        } catch (TooManyException e) {
            throw new QualityException("[--limit]: " + e.getMessage(), e);
        }
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
                                    order.skips() ? BadLines.Policy.SKIP : BadLines.Policy.FAIL));
            if (order.limit() > 0) {
                set = set.limit(order.limit());
            }
            if (order.captions().equals("first")) {
                set = set.firstCaptions();
            }
            Shelf shelf = new FileShelf(new MediaReader(natives), model.sampling());
            return new Measured(set, shelf, CaptionWords.NONE);
        } catch (DatasetException e) {
            throw new QualityException(e.getMessage(), e);
        }
    }
}
