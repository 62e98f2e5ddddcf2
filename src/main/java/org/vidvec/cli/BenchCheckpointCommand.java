package org.vidvec.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vidvec.bench.CheckpointShape;
import org.vidvec.bench.RandomCheckpoint;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec bench checkpoint}: something of the size of a released model to measure on. */
@Command(
        name = "checkpoint",
        description = {
            "Write a Qwen2-VL checkpoint of random bfloat16 weights; the same seed gives the same",
            "bytes. Its vectors cost what those of a trained checkpoint cost, and mean nothing."
        })
final class BenchCheckpointCommand implements Callable<Integer> {

    @Option(
            names = "--shape",
            defaultValue = "qwen2-vl-2b",
            description = "qwen2-vl-2b, qwen2-vl-mini or tiny; default ${DEFAULT-VALUE}.")
    private String shape;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder to write, new or empty; 4.4 GB for qwen2-vl-2b.")
    private Path folder;

    @Option(
            names = "--tokenizer",
            paramLabel = "DIR",
            description = "Qwen2-VL checkpoint to take the tokenizer from; default models/tiny.")
    private Path tokenizer;

    @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            CheckpointShape sizes = CheckpointShape.of(shape);
            requireEmpty();
            Path example = tokenizer == null ? Project.here().models().resolve("tiny") : tokenizer;
            long bytes = new RandomCheckpoint(sizes, example).write(folder, seed);
            spec.commandLine()
                    .getOut()
                    .printf(Locale.ROOT, "%s: %.2f GB of weights%n", folder, bytes / 1e9);
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private void requireEmpty() throws IOException, CommandException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new CommandException(
                            "[" + folder + "] is not empty; give [--out] a new folder");
                }
            }
        }
    }
}
