package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.ModelException;

/** Moments of one source, without end. */
public interface MomentSupply {

    /** What the source is called in messages. */
    String name();

    /** What there is to tell about it, one line each. */
    List<String> notes();

    /**
     * Which of its moments a sample is, for messages.
     *
     * @param number of the sample in the run, from 0
     */
    long id(long number);

    /**
     * A sample.
     *
     * @throws ModelException if its media can't be read
     */
    MomentSample at(long number) throws ModelException;
}
