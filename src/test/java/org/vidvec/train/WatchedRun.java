package org.vidvec.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.natives.NativeLibraries;

/** What a run told; it may be killed after a step. */
final class WatchedRun implements RunListener {

    final List<String> notes = new ArrayList<>();
    final List<StepReport> reports = new ArrayList<>();
    int from = -1;
    int dieAfter = Integer.MAX_VALUE;

    /** In place of a kill: nothing of the run is executed after it. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Runs to the end, or to where it is killed. */
    static Path run(RunSpec spec, WatchedRun watched) throws Exception {
        return new TrainingRun(spec, NativeLibraries.fromSystemProperty(), watched).run();
    }

    @Override
    public void begins(int before, int steps, long parameters, List<String> told) {
        from = before;
        notes.addAll(told);
    }

    @Override
    public void stepped(StepReport report) {
        reports.add(report);
        if (report.step() == dieAfter) {
            throw new Killed();
        }
    }

    /**
     * @param step from 1, of the steps that it has seen
     */
    double loss(int step) {
        return reports.get(step - 1).loss();
    }
}
