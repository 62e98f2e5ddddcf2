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
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidvec.bench.BenchOptions;
import org.vidvec.bench.EmbedBench;
import org.vidvec.bench.JobServer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.WeightForm;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec bench embed}: how fast a model is here, beside what the machine can multiply. */
@Command(
        name = "embed",
        description = {
            "Time texts, images, videos, early exits, matches and generation on the CPU, and beside",
            "them the model's products alone: the last column is how much of that rate was reached."
        })
final class BenchEmbedCommand implements Callable<Integer> {

    private static final Map<String, DType> DTYPES =
            Map.of("fp32", DType.FLOAT32, "bf16", DType.BFLOAT16, "fp16", DType.FLOAT16);

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "Folder of a checkpoint; vidvec bench checkpoint makes one.")
    private Path model;

    @Option(
            names = "--dtype",
            description =
                    "fp32, bf16, fp16, or int8: bf16 with int8 matrices; default the checkpoint's.")
    private String dtype;

    @Option(
            names = "--form",
            description =
                    "How matrices are kept: plain, float16 or int8; default the fastest that loses"
                            + " nothing.")
    private String form;

    @Option(names = "--threads", paramLabel = "N", description = "Default one per core.")
    private int threads;

    @Option(names = "--layer", paramLabel = "N", description = "Load and run so many; default all.")
    private int layer;

    @Option(names = "--frames", paramLabel = "N", defaultValue = "8", description = "Of a video.")
    private int frames;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "128", description = "Of a text.")
    private int tokens;

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
            BenchOptions options = options();
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            if (jobs) {
                serve(natives, options, out);
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

    private BenchOptions options() throws CommandException {
        Path folder = model.toAbsolutePath().normalize();
        if (Files.isDirectory(folder) == false) {
            throw new CommandException(
                    "there is no folder [" + folder + "]; give that of a checkpoint");
        }
        boolean int8 = "int8".equals(dtype);
        if (dtype != null && int8 == false && DTYPES.containsKey(dtype) == false) {
            throw new CommandException(
                    "unknown [--dtype] [" + dtype + "]; known are [fp32, bf16, fp16, int8]");
        }
        DType computed = int8 ? DType.BFLOAT16 : dtype == null ? null : DTYPES.get(dtype);
        WeightForm kept = int8 ? WeightForm.INT8 : form == null ? null : WeightForm.of(form);
        return new BenchOptions(
                folder, computed, kept, threads, layer, frames, tokens, runs, warmups);
    }

    private static void serve(NativeLibraries natives, BenchOptions options, PrintWriter out)
            throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (JobServer server = new JobServer(natives, options)) {
            server.serve(in, out);
        }
    }

    private void measure(NativeLibraries natives, BenchOptions options, PrintWriter out)
            throws Exception {
        JsonArray rows = new JsonArray();
        if (json == false) {
            out.printf(
                    Locale.ROOT,
                    "%-36s %7s %10s %10s %10s %10s %10s %6s%n",
                    "what",
                    "tokens",
                    "median ms",
                    "best",
                    "p95",
                    "per second",
                    "GFLOP/s",
                    "peak");
        }
        new EmbedBench(natives, options)
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
            all.addProperty("dtype", dtype == null ? "" : dtype);
            all.addProperty("runs", runs);
            all.add("rows", rows);
            out.println(all);
        }
        out.flush();
    }

    private static String line(EmbedBench.Row row) {
        return String.format(
                Locale.ROOT,
                "%-36s %7d %10.1f %10.1f %10.1f %10.2f %10.1f %5.0f%%",
                row.what(),
                row.tokens(),
                row.median_ms(),
                row.best_ms(),
                row.p95_ms(),
                row.per_second(),
                row.products_gflops(),
                100 * row.fraction_of_peak());
    }
}
