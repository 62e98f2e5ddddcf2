package org.vidvec.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vidvec.fuzz.FuzzWorker;
import org.vidvec.natives.NativeLibraries;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The process that {@code vidvec bench fuzz-media} starts and watches. */
@Command(name = "fuzz-media-worker", hidden = true)
final class FuzzWorkerCommand implements Callable<Integer> {

    @Parameters(index = "0")
    private Path folder;

    @Parameters(index = "1")
    private long seed;

    @Parameters(index = "2")
    private long from;

    @Parameters(index = "3")
    private long to;

    @Parameters(index = "4")
    private Path marker;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        new FuzzWorker(folder, NativeLibraries.fromSystemProperty(), seed, out)
                .run(from, to, marker);
        return 0;
    }
}
