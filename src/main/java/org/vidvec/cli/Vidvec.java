package org.vidvec.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code vidvec <command>}. Exit codes: 0 it worked, 1 it did not and the reason is on standard
 * error, 2 the command line was wrong, or the file that {@code probe} looked at is refused.
 */
@Command(
        name = "vidvec",
        description = "Search videos by meaning, inside Elasticsearch.",
        subcommands = {
            BenchCommand.class,
            CompareCommand.class,
            DecoderCommand.class,
            DemoCommand.class,
            EmbedCommand.class,
            EvalCommand.class,
            FiguresCommand.class,
            LayersCommand.class,
            MapCommand.class,
            MmebCommand.class,
            ModelCommand.class,
            NodeCommand.class,
            ParityCommand.class,
            ProbeCommand.class,
            TrainCommand.class,
            WorldCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "In the source tree also: vidvec test [maven options]   runs all tests"})
public final class Vidvec implements Runnable {

    private static final int FAILED = 1;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    private Vidvec() {}

    /** Without a command: the usage. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    /**
     * Runs a command.
     *
     * @param out for results
     * @param err for progress and errors
     * @return the exit code
     */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Vidvec())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Vidvec::explain)
                .execute(args);
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandException
                || failure instanceof org.vidvec.node.NodeException) {
            err.println("vidvec: " + failure.getMessage());
        } else {
            err.println("vidvec: this is a defect, please report it with the lines below");
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }
}
