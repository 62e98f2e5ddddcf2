package org.vidvec.samples;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/** Moments of a labelled set, with wrong windows of the same videos. */
public final class LabelledMoments implements Supply<MomentSample> {

    private final MomentOrigin.Labelled origin;
    private final SetMoments moments;
    private final List<String> notes;

    /**
     * Reads the annotations, and of videos whose lengths they do not tell the lengths.
     *
     * @throws DatasetException if they can't be read, or no moment can be used
     */
    public LabelledMoments(MomentOrigin.Labelled origin, NativeLibraries natives)
            throws DatasetException, ModelException {
        this.origin = origin;
        LabelledSet set = origin.files().open();
        notes = new ArrayList<>(origin.files().notes(set));
        moments =
                new SetMoments(
                        set,
                        new MediaContents(natives, origin.frames()),
                        origin.windows(),
                        skipsBadMedia());
        notes.addAll(moments.notes());
        if (moments.all().isEmpty()) {
            throw new DatasetException(
                    "set ["
                            + name()
                            + "] has no moment with ["
                            + SetMoments.NEGATIVES
                            + "] wrong windows of ["
                            + origin.windows().seconds()
                            + "] seconds; it has ["
                            + set.moments().size()
                            + "] moments: lower [data.moments.window] and [data.moments.stride]");
        }
    }

    @Override
    public String name() {
        return origin.files().name();
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public int size() {
        return moments.all().size();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public MomentSample at(int place, long draw) throws ModelException {
        return moments.sample(moments.all().get(place), draw);
    }

    @Override
    public boolean skipsBadMedia() {
        return origin.files().skipsBadMedia();
    }
}
