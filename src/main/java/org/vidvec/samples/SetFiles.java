package org.vidvec.samples;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.Datasets;
import org.vidvec.datasets.LabelledSet;

/**
 * A labelled set on disk, in one of the layouts in which such sets are published.
 *
 * @param order what is read
 * @param skipsMissing whether media that are not there are counted and left out; otherwise they end
 *     the run
 * @param skipsBadMedia whether the same holds for media that turn out to be bad in the middle of it
 * @param samples so many are drawn of what it has; 0 for all
 */
public record SetFiles(
        Datasets.Order order, boolean skipsMissing, boolean skipsBadMedia, int samples) {

    /** How many missing media an error names. */
    private static final int NAMED = 20;

    /** What it is called in messages. */
    public String name() {
        return order.path().toString();
    }

    /**
     * Reads its annotations and looks for its media.
     *
     * @throws DatasetException if it can't be read, or lacks what may not be left out
     */
    public LabelledSet open() throws DatasetException {
        LabelledSet set = Datasets.read(order);
        if (set.missing().isEmpty() || skipsMissing) {
            return set;
        }
        int named = Math.min(NAMED, set.missing().size());
        throw new DatasetException(
                "["
                        + set.missing().size()
                        + "] media of set ["
                        + name()
                        + "] are not there, beginning with "
                        + set.missing().subList(0, named)
                        + "; name the folder that holds them with [data.media], or leave them out"
                        + " with [data.missing] [skip]");
    }

    /** What was read and left out, one line each. */
    public List<String> notes(LabelledSet set) {
        List<String> notes = new ArrayList<>();
        set.skipped().forEach(line -> notes.add("left out: " + line));
        notes.add(name() + ": " + set.protocol());
        if (set.missing().isEmpty() == false) {
            notes.add(
                    set.missing().size()
                            + " media are not there and left out: "
                            + String.join(", ", set.missing()));
        }
        return notes;
    }
}
