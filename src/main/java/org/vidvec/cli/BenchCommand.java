package org.vidvec.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code vidvec bench}: how fast and how robust it is. */
@Command(
        name = "bench",
        description = "Measure speed and robustness.",
        subcommands = {
            BadMediaCommand.class,
            BenchCheckpointCommand.class,
            DecodeBenchCommand.class,
            BenchEmbedCommand.class,
            BenchTrainCommand.class,
            FuzzMediaCommand.class,
            FuzzWorkerCommand.class,
            LoadBenchCommand.class
        })
final class BenchCommand implements Runnable {

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Without a command: the usage. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
