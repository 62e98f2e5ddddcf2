package org.vidvec.cli;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.vidvec.bench.BenchOptions;
import org.vidvec.bench.EmbedBench;
import org.vidvec.bench.JobServer;
import org.vidvec.engine.DType;
import org.vidvec.engine.WeightForm;
import org.vidvec.natives.NativeLibraries;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec bench embed}: how fast a model is here, beside what the machine can multiply. */
@Command(
        name = "embed",
        description = {
            "Time texts, images, videos, early exits, matches and generation on the CPU, and beside",
            "them the model's products alone: the last column is how much of that rate was reached.",
            "With a kv_former beside the checkpoint also videos by 1, 5, 10 and adaptive tokens."
        })
final class BenchEmbedCommand implements Callable<Integer>, ModelBench.Work<EmbedBench.Row> {

    private static final Map<String, DType> DTYPES =
            Map.of("fp32", DType.FLOAT32, "bf16", DType.BFLOAT16, "fp16", DType.FLOAT16);

    @CommandLine.Mixin private ModelBench bench;

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

    @Option(names = "--layer", paramLabel = "N", description = "Load and run so many; default all.")
    private int layer;

    @Option(names = "--frames", paramLabel = "N", defaultValue = "8", description = "Of a video.")
    private int frames;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "128", description = "Of a text.")
    private int tokens;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Videos that a kv_former beside the checkpoint embeds together.")
    private int batch;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Set by what checks the options. */
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        options = options();
        return bench.run(spec.commandLine().getOut(), this);
    }

    private BenchOptions options() throws CommandException {
        boolean int8 = "int8".equals(dtype);
        if (dtype != null && int8 == false && DTYPES.containsKey(dtype) == false) {
            throw new CommandException(
                    "unknown [--dtype] [" + dtype + "]; known are [fp32, bf16, fp16, int8]");
        }
        DType computed = int8 ? DType.BFLOAT16 : dtype == null ? null : DTYPES.get(dtype);
        WeightForm kept = int8 ? WeightForm.INT8 : form == null ? null : form(form);
        return new BenchOptions(
                bench.folder(),
                computed,
                kept,
                bench.threads(),
                layer,
                frames,
                tokens,
                batch,
                bench.runs(),
                bench.warmups());
    }

    private static WeightForm form(String name) throws CommandException {
        try {
            return WeightForm.of(name);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public void serve(NativeLibraries natives, BufferedReader in, PrintWriter out)
            throws Exception {
        try (JobServer server = new JobServer(natives, options)) {
            server.serve(in, out);
        }
    }

    @Override
    public void measure(NativeLibraries natives, Consumer<EmbedBench.Row> rows) throws Exception {
        new EmbedBench(natives, options).run(rows);
    }

    @Override
    public String heading() {
        return String.format(
                Locale.ROOT,
                "%-36s %7s %10s %10s %10s %10s %10s %6s",
                "what",
                "tokens",
                "median ms",
                "best",
                "p95",
                "per second",
                "GFLOP/s",
                "peak");
    }

    @Override
    public String line(EmbedBench.Row row) {
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

    @Override
    public void describe(JsonObject all) {
        all.addProperty("dtype", dtype == null ? "" : dtype);
        all.addProperty("runs", bench.runs());
    }
}
