package org.vidvec.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells on standard error how far a stage is: a bar on a terminal, else one line. */
final class Progress implements AutoCloseable {

    /** Set by the script {@code vidvec} where standard error is a terminal. */
    private static final String TERMINAL = "vidvec.terminal";

    private static final int REFRESH_MS = 200;

    private final PrintWriter err;
    private final ProgressBar bar;

    /**
     * @param name of the stage
     * @param steps how many it has
     */
    Progress(PrintWriter err, String name, int steps) {
        this.err = err;
        if (Boolean.getBoolean(TERMINAL)) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName(name)
                            .setInitialMax(steps)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(REFRESH_MS)
                            .build();
        } else {
            bar = null;
            err.println(name + ": " + steps);
        }
    }

    /** {@code steps} more are done. */
    void step(int steps) {
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    /**
     * The same with words.
     *
     * @param beside the bar
     * @param line where there is no bar; empty for none
     */
    void step(int steps, String beside, String line) {
        if (bar != null) {
            bar.stepBy(steps);
            bar.setExtraMessage(" " + beside);
        } else if (line.isEmpty() == false) {
            err.println(line);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
