package org.vidvec.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.fuzz.FuzzReport;
import org.vidvec.fuzz.FuzzRun;
import org.vidvec.natives.NativeLibraries;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec bench fuzz-media}: does any damaged file end or hold up the decoder? */
@Command(
        name = "fuzz-media",
        description = {
            "Bend real media files by a seed and decode them as a node does, in a process that may"
                    + " die.",
            "Exit code 1 if one crashed, hung or took twice its time limit."
        })
final class FuzzMediaCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "A folder with real media at any depth.")
    private Path folder;

    @Option(names = "--seed", paramLabel = "N", description = "Of all inputs; default 1.")
    private long seed = 1;

    @Option(names = "--inputs", paramLabel = "N", description = "How many; default 100000.")
    private long inputs = 100_000;

    @Option(
            names = "--time",
            paramLabel = "MINUTES",
            description = "No more inputs begin after this; default 600.")
    private long minutes = 600;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Gets inputs that crash or hang; default target/fuzz.")
    private Path save = Path.of("target", "fuzz");

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (Files.isDirectory(folder) == false) {
            throw new CommandException(
                    "there is no folder [" + folder + "]; give one with media files in it");
        }
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        PrintWriter err = spec.commandLine().getErr();
        long start = System.nanoTime();
        FuzzReport report =
                new FuzzRun(
                                new FuzzRun.Job(
                                        folder,
                                        natives,
                                        seed,
                                        inputs,
                                        Duration.ofMinutes(minutes),
                                        save),
                                workerCommand(),
                                so -> err.println(line(so, start)))
                        .run();
        print(report, start);
        return report.clean() ? 0 : 1;
    }

    /** This JVM again, with a heap of fixed size so that memory that grows is the decoder's. */
    private List<String> workerCommand() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of(
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        // so that threads inside the decoder are tried on one core as well
                        "-XX:ActiveProcessorCount=2",
                        "-XX:ErrorFile=" + save.resolve("hs_err_%p.log").toAbsolutePath(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path")));
        for (String property :
                List.of("vidvec.native.dir", "vidvec.project.dir", "log4j2.configurationFile")) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of(Vidvec.class.getName(), "bench", "fuzz-media-worker"));
        command.addAll(List.of(folder.toString(), seed + ""));
        return command;
    }

    private static String line(FuzzReport report, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return String.format(
                Locale.ROOT,
                "%d inputs in %.0f s (%.0f per second), %s, %d crashes, %d hangs, memory %d MB"
                        + " after the first thousand and %d MB now",
                report.inputs(),
                seconds,
                report.inputs() / seconds,
                report.outcomes(),
                report.crashes().size(),
                report.hangs().size(),
                report.firstMemory() >> 20,
                report.lastMemory() >> 20);
    }

    private void print(FuzzReport report, long start) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("seed " + seed + ": " + line(report, start));
        report.crashes().forEach(file -> out.println("crash: " + file));
        report.hangs().forEach(file -> out.println("hang: " + file));
        out.flush();
    }
}
