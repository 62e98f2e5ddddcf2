package org.vidvec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.eval.Check;
import org.vidvec.eval.ParityReport;
import org.vidvec.eval.ParityRun;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec parity}: is what the models compute what their references say? */
@Command(
        name = "parity",
        description = {
            "Compare with the tensors that another implementation computed on the same checkpoints.",
            "Fails if any is outside its tolerance; what was not checked is counted by name."
        })
final class ParityCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "A folder of fixtures, or one fixture.")
    private Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that one operation uses; default one per core.")
    private int threads;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (Files.isDirectory(folder) == false) {
            throw new CommandException(
                    "there is no folder [" + folder + "]; give one with fixtures in it");
        }
        PrintWriter out = spec.commandLine().getOut();
        ParityReport report = new ParityReport();
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            Path absolute = folder.toAbsolutePath().normalize();
            new ParityRun(natives, threads, check -> take(check, report, out)).run(absolute);
        } catch (IOException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
        long failed = report.count(Check.Outcome.FAILED);
        if (report.count(Check.Outcome.PASSED) + failed == 0) {
            throw new CommandException(
                    "nothing in ["
                            + folder
                            + "] could be checked; it must hold fixtures, each"
                            + " with a [checkpoint] and [cases]");
        }
        if (json) {
            out.println(report.toJson());
        } else {
            summary(report, out);
        }
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private void take(Check check, ParityReport report, PrintWriter out) {
        report.add(check);
        if (json == false && check.outcome() != Check.Outcome.UNCHECKED) {
            out.println(row(check));
        }
    }

    private static String row(Check check) {
        String tolerance = "";
        if (check.bound() != null) {
            double limit = check.bound().limit();
            tolerance = check.bound().byCosine() ? "cosine " + limit : number(limit);
        }
        return String.format(
                        Locale.ROOT,
                        "%-20s %-32s %-32s %10s %12s %14s  %s %s",
                        check.fixture(),
                        check.caseName(),
                        check.tensor().replace("\n", "\\n"),
                        number(check.maxAbs()),
                        Double.isNaN(check.cosine())
                                ? "-"
                                : String.format(Locale.ROOT, "%.8f", check.cosine()),
                        tolerance,
                        check.outcome() == Check.Outcome.PASSED ? "pass" : "FAIL",
                        check.reason())
                .stripTrailing();
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2g", value);
    }

    private static void summary(ParityReport report, PrintWriter out) {
        out.println();
        report.unchecked()
                .forEach((reason, n) -> out.println("not checked: " + n + " of " + reason));
        out.println();
        out.println("nearest to their tolerance:");
        report.worst().forEach(check -> out.println(row(check)));
        out.println();
        out.println(
                report.count(Check.Outcome.PASSED)
                        + " passed, "
                        + report.count(Check.Outcome.FAILED)
                        + " failed, "
                        + report.count(Check.Outcome.UNCHECKED)
                        + " unchecked (--json names them)");
    }
}
