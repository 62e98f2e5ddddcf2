package org.vidvec.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.quality.EvalOrder;
import org.vidvec.quality.QualityException;
import org.vidvec.quality.WorldFigures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vidvec figures}: what a model knows of the generated world, beside what it should. */
@Command(
        name = "figures",
        description = {
            "Measure a model of the generated world on unseen clips, beside what is to be reached:",
            "retrieval, rerank, verdicts, captions, answers, every layer, and the vectors of each",
            "adapter DIR-* beside the model's folder; moments, composed queries, one index for all",
            "kinds, and which of two is better. 1000 clips take a quarter of an hour or more."
        })
final class FiguresCommand implements Callable<Integer> {

    private static final int RERANKED = 20;
    private static final int ANSWER_TOKENS = 16;
    private static final int CAPTION_TOKENS = 48;

    /**
     * Events of the world's long videos have 3 to 8 seconds; the constants of merging are those
     * that were best for {@code tiny} on the validation split.
     */
    private static final FurtherOptions.Usual USUAL =
            new FurtherOptions.Usual(4, 1, List.of(0.75, 1.0), true, 100, 500, 100);

    @Mixin private MeasuredModel model;

    @Mixin private FurtherOptions further;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep figures.json and the vectors there; vectors are used again.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object, with all reports.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        EvalOrder order =
                model.order(
                        EvalOrder.WORLD,
                        new MeasuredModel.Stage(
                                RERANKED,
                                List.of(),
                                further.moments(USUAL),
                                ANSWER_TOKENS,
                                CAPTION_TOKENS,
                                further.runs(USUAL),
                                MeasuredModel.Reading.USUAL));
        try (StageProgress progress = new StageProgress(spec.commandLine().getErr())) {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            List<Path> adapters = adapters(Path.of(order.model()));
            JsonObject all = new WorldFigures(order, natives, out, progress).run(adapters);
            String text =
                    new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(all);
            if (out != null) {
                Files.writeString(out.resolve("figures.json"), text + "\n");
            }
            tell(all, text);
            return 0;
        } catch (QualityException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException("can't read or write: " + e, e);
        }
    }

    /** Beside the model, by name. */
    private static List<Path> adapters(Path model) throws IOException {
        Path folder = model.toAbsolutePath().normalize();
        String stem = folder.getFileName() + "-";
        List<Path> found = new ArrayList<>();
        try (Stream<Path> beside = Files.list(folder.getParent())) {
            beside.filter(path -> path.getFileName().toString().startsWith(stem))
                    .filter(path -> Files.exists(path.resolve("adapter_config.json")))
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    private void tell(JsonObject all, String text) {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            to.println(text);
        } else {
            to.printf(Locale.ROOT, "%-62s %8s %8s%n", "", "found", "reach");
            for (JsonElement each : all.getAsJsonArray("figures")) {
                to.println(line(each.getAsJsonObject()));
            }
            for (JsonElement each : all.getAsJsonArray("missing")) {
                JsonObject missing = each.getAsJsonObject();
                to.printf(
                        Locale.ROOT,
                        "not measured: %s: %s%n",
                        missing.get("what").getAsString(),
                        missing.get("reason").getAsString());
            }
        }
        to.flush();
    }

    private static String line(JsonObject figure) {
        String line =
                String.format(
                        Locale.ROOT,
                        "%-62s %8.4f",
                        figure.get("what").getAsString(),
                        figure.get("found").getAsDouble());
        if (figure.has("reach") == false) {
            return line;
        }
        double reach = figure.get("reach").getAsDouble();
        String verdict = figure.get("reached").getAsBoolean() ? "reached" : "missed";
        return line + String.format(Locale.ROOT, " %8.4f  %s", reach, verdict);
    }
}
