package org.vidvec.cli;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.vidvec.bench.TrainBench;
import org.vidvec.bench.TrainBenchOptions;
import org.vidvec.bench.TrainJobs;
import org.vidvec.engine.DType;
import org.vidvec.natives.NativeLibraries;
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
final class BenchTrainCommand implements Callable<Integer>, ModelBench.Work<TrainBench.Row> {

    @CommandLine.Mixin private ModelBench bench;

    @Option(names = "--dtype", defaultValue = "fp32", description = "fp32 or bf16.")
    private String dtype;

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

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Set by what checks the options. */
    private TrainBenchOptions options;

    @Override
    public Integer call() throws Exception {
        options = options();
        return bench.run(spec.commandLine().getOut(), this);
    }

    private TrainBenchOptions options() throws CommandException {
        DType computed =
                switch (dtype) {
                    case "fp32" -> DType.FLOAT32;
                    case "bf16" -> DType.BFLOAT16;
                    default ->
                            throw new CommandException(
                                    "unknown [--dtype] [" + dtype + "]; known are [fp32, bf16]");
                };
        return new TrainBenchOptions(
                bench.folder(),
                computed,
                bench.threads(),
                batch,
                frames,
                side,
                rank,
                recompute,
                bench.runs(),
                bench.warmups());
    }

    @Override
    public void serve(NativeLibraries natives, BufferedReader in, PrintWriter out)
            throws Exception {
        try (TrainJobs server = new TrainJobs(natives, options)) {
            server.serve(in, out);
        }
    }

    @Override
    public void measure(NativeLibraries natives, Consumer<TrainBench.Row> rows) throws Exception {
        new TrainBench(natives, options).run(rows);
    }

    @Override
    public String heading() {
        String columns = "%-20s %8s %11s %9s %11s";
        return String.format(
                Locale.ROOT, columns, "what", "tokens", "median ms", "best", "samples/s");
    }

    @Override
    public String line(TrainBench.Row row) {
        return String.format(
                Locale.ROOT,
                "%-20s %8d %11.1f %9.1f %11.2f",
                row.what(),
                row.tokens(),
                row.median_ms(),
                row.best_ms(),
                row.samples_per_second());
    }

    @Override
    public void describe(JsonObject all) {
        all.addProperty("dtype", dtype);
        all.addProperty("batch", batch);
    }
}
