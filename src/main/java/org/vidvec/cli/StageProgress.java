package org.vidvec.cli;

import java.io.PrintWriter;
import org.vidvec.quality.Stages;

/** Tells on standard error how far each stage of a measurement is. */
final class StageProgress implements Stages, AutoCloseable {

    private final PrintWriter err;
    private Progress progress;
    private String last = "";

    StageProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void begins(String stage, int steps) {
        close();
        // without a bar a stage that comes again and again is told once
        if (stage.equals(last) == false) {
            progress = new Progress(err, stage, steps);
        }
        last = stage;
    }

    @Override
    public void stepped(int steps) {
        if (progress != null) {
            progress.step(steps);
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
