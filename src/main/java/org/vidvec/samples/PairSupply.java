package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.ModelException;

/** Pairs of one source. */
public interface PairSupply {

    /** What the source is called in messages. */
    String name();

    /** How often a sub-batch comes from here, against the other sources' weights. */
    double weight();

    /** How many pairs an epoch has. */
    int size();

    /** What there is to tell about it, one line each. */
    List<String> notes();

    /**
     * A pair.
     *
     * @param place 0..size - 1
     * @throws ModelException if its media can't be read any more
     */
    EmbedPair at(int place) throws ModelException;
}
