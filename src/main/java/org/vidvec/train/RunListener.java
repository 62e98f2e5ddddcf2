package org.vidvec.train;

import java.util.List;

/** Is told how a run goes on. */
public interface RunListener {

    /**
     * Once, before the first step.
     *
     * @param from steps that were done before, by a run that was stopped
     * @param steps of the whole run
     * @param parameters how many numbers are learnt
     * @param notes on what they are learnt from
     */
    void begins(int from, int steps, long parameters, List<String> notes);

    /** After each step. */
    void stepped(StepReport report);
}
