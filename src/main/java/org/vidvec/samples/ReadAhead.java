package org.vidvec.samples;

import java.util.concurrent.Executor;

/**
 * How samples are read while the ones before them are learnt.
 *
 * @param samples that are read and not yet asked for, at most; 0 to read each when it is asked for
 * @param threads that read them
 */
public record ReadAhead(int samples, Executor threads) {

    /** Each when it is asked for, by who asks. */
    public static final ReadAhead NONE = new ReadAhead(0, Runnable::run);
}
