package org.vidvec.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.train.RunListener;
import org.vidvec.train.RunSpec;
import org.vidvec.train.StepReport;
import org.vidvec.train.TrainingException;
import org.vidvec.train.TrainingRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec train}: a training run as a file describes it. */
@Command(
        name = "train",
        description = {
            "Train a model as RUN.json says; docs/training.md has every field.",
            "A run that was stopped goes on at its last checkpoint when it is started again."
        })
final class TrainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN.json", description = "The run's description.")
    private Path file;

    @Option(
            names = "--export",
            description = {
                "Write what was learnt until the last checkpoint, and end; the run itself may go",
                "on meanwhile."
            })
    private boolean export;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Told told = new Told(spec.commandLine().getErr())) {
            RunSpec run = RunSpec.read(file);
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            TrainingRun training = new TrainingRun(run, natives, told);
            Path result = export ? training.export() : run(training);
            out.println(result);
            out.flush();
            return 0;
        } catch (TrainingException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @SuppressWarnings("try") // held until the end, and not used
    private Path run(TrainingRun training) throws TrainingException {
        try (StoppedFirst held = new StoppedFirst(() -> stop(training))) {
            return training.run();
        }
    }

    private void stop(TrainingRun training) {
        spec.commandLine().getErr().println("stopping after this step, with a checkpoint");
        training.stop();
    }

    /** Tells on standard error how the run goes on. */
    private static final class Told implements RunListener, AutoCloseable {

        private static final int LINES = 20;

        private final PrintWriter err;
        private Progress progress;
        private int steps;
        private double seconds;
        private int seen;
        private int replaced;

        Told(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void begins(int from, int total, long parameters, List<String> notes) {
            notes.forEach(err::println);
            err.println(parameters + " numbers to learn");
            if (from > 0) {
                err.println("going on after step " + from);
            }
            steps = total;
            progress = new Progress(err, "steps", total);
            progress.step(from);
        }

        @Override
        public void stepped(StepReport report) {
            tellReplaced(report);
            seconds += report.seconds();
            seen++;
            long left = Math.round(seconds / seen * (steps - report.step()));
            String line =
                    String.format(
                            Locale.ROOT,
                            "loss %.4f, rate %.1e, %.1f samples/s, %d:%02d:%02d left",
                            report.loss(),
                            report.learning_rate(),
                            report.samples() / report.seconds(),
                            left / 3600,
                            left / 60 % 60,
                            left % 60);
            boolean told = report.step() % Math.max(1, steps / LINES) == 0;
            progress.step(1, line, told ? "step " + report.step() + ": " + line : "");
        }

        private void tellReplaced(StepReport report) {
            if (report.replaced() != null) {
                report.replaced().forEach(bad -> err.println("step " + report.step() + ": " + bad));
                replaced += report.replaced().size();
            }
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
            if (replaced > 0) {
                err.println("bad samples, replaced by others: " + replaced);
            }
        }
    }
}
