package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.bench.TrainBench;
import org.vidvec.bench.TrainBenchOptions;
import org.vidvec.bench.TrainJobs;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec bench train}: how many samples a second are learnt. */
@Command(
        name = "train",
        description = {
            "Time training steps on the CPU, of all weights and with LoRA: captions behind texts",
            "and behind videos, next token and InfoNCE together, AdamW."
        })
final class BenchTrainCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "Folder of a checkpoint; vidvec bench checkpoint --shape tiny makes one.")
    private Path model;

    @Option(names = "--dtype", defaultValue = "fp32", description = "fp32 or bf16.")
    private String dtype;

    @Option(names = "--threads", paramLabel = "N", description = "Default one per core.")
    private int threads;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "32", description = "Captions.")
    private int batch;

    @Option(names = "--frames", paramLabel = "N", defaultValue = "8", description = "Of a video.")
    private int frames;

    @Option(
            names = "--side",
            paramLabel = "N",
            defaultValue = "84",
            description = "Pixels along an edge of a frame.")
    private int side;

    @Option(names = "--rank", paramLabel = "N", defaultValue = "16", description = "Of LoRA.")
    private int rank;

    @Option(names = "--recompute", description = "Compute each layer once more on the way back.")
    private boolean recompute;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "7", description = "That count.")
    private int runs;

    @Option(names = "--warmups", paramLabel = "N", defaultValue = "2", description = "Before them.")
    private int warmups;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--jobs",
            description = "Do what standard input says, one JSON job a line: src/bench/README.md.")
    private boolean jobs;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            TrainBenchOptions options = options();
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            if (jobs) {
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8));
                try (TrainJobs server = new TrainJobs(natives, options)) {
                    server.serve(in, out);
                }
            } else {
                measure(natives, options, out);
            }
            return 0;
        } catch (ModelException
                | CheckpointException
                | EngineException
                | NativeLibraryException
                | IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private TrainBenchOptions options() throws CommandException {
        Path folder = model.toAbsolutePath().normalize();
        if (Files.isDirectory(folder) == false) {
            throw new CommandException(
                    "there is no folder [" + folder + "]; give that of a checkpoint");
        }
        DType computed =
                switch (dtype) {
                    case "fp32" -> DType.FLOAT32;
                    case "bf16" -> DType.BFLOAT16;
                    default ->
                            throw new CommandException(
                                    "unknown [--dtype] [" + dtype + "]; known are [fp32, bf16]");
                };
        return new TrainBenchOptions(
                folder, computed, threads, batch, frames, side, rank, recompute, runs, warmups);
    }

    private void measure(NativeLibraries natives, TrainBenchOptions options, PrintWriter out)
            throws Exception {
        JsonArray rows = new JsonArray();
        if (json == false) {
            String heading = "%-20s %8s %11s %9s %11s%n";
            out.printf(Locale.ROOT, heading, "what", "tokens", "median ms", "best", "samples/s");
        }
        new TrainBench(natives, options)
                .run(
                        row -> {
                            rows.add(new Gson().toJsonTree(row));
                            if (json == false) {
                                out.println(line(row));
                                out.flush();
                            }
                        });
        if (json) {
            JsonObject all = new JsonObject();
            all.addProperty("model", options.model().toString());
            all.addProperty("dtype", dtype);
            all.addProperty("batch", batch);
            all.add("rows", rows);
            out.println(all);
        }
        out.flush();
    }

    private static String line(TrainBench.Row row) {
        return String.format(
                Locale.ROOT,
                "%-20s %8d %11.1f %9.1f %11.2f",
                row.what(),
                row.tokens(),
                row.median_ms(),
                row.best_ms(),
                row.samples_per_second());
    }
}
