package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.ModelException;

/**
 * Samples of one source, made when they are asked for.
 *
 * @param <T> what a sample is: a pair, a moment, or something to learn several tasks from
 */
public interface Supply<T> {

    /** A size that is never reached. */
    int ENDLESS = Integer.MAX_VALUE;

    /** What the source is called in messages. */
    String name();

    /** How often samples come from here, against the other sources' weights. */
    double weight();

    /** How many samples an epoch has; {@link #ENDLESS} for no epochs. */
    int size();

    /** What there is to tell about it, one line each. */
    List<String> notes();

    /**
     * Which of the source's own samples stands at a place, for messages: the line of a file, or its
     * number, if nothing else is said.
     *
     * @param place 0..size - 1
     */
    default long id(int place) {
        return place;
    }

    /**
     * A sample.
     *
     * @param place 0..size - 1
     * @param draw how many samples the run has drawn before; what is left to choose of a sample
     *     depends on it alone
     * @throws ModelException of kind INPUT if its media can't be read, or it can't be learnt
     */
    T at(int place, long draw) throws ModelException;

    /**
     * Whether a sample that turns out to be bad in the middle of a run is named and left out;
     * otherwise it ends the run, as where none can be bad.
     */
    default boolean skipsBadMedia() {
        return false;
    }
}
