package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.model.CardFile;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.quality.EvalOrder;
import org.vidvec.quality.LayerSweep;
import org.vidvec.quality.QualityException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec layers}: which layer of a model embeds best. */
@Command(
        name = "layers",
        description = {
            "Measure retrieval by the states of every layer of a model, one pass for each text and",
            "medium of SET, and draw the curve. SET as for eval."
        })
final class LayersCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SET", description = "What to measure on.")
    private String set;

    @Mixin private MeasuredModel model;

    @Option(names = "--write", description = "Write the best layer into the model's vidvec.json.")
    private boolean write;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where layers.json, layers.png and layers.vl.json go; default here.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        EvalOrder order = model.order(set, MeasuredModel.Stage.PLAIN);
        try (StageProgress progress = new StageProgress(spec.commandLine().getErr())) {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            LayerSweep.Found found = new LayerSweep(order, natives, progress).run();
            keep(found);
            if (write) {
                CardFile.put(Path.of(order.model()), "layer", found.best());
            }
            tell(found.report());
            return 0;
        } catch (QualityException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private void keep(LayerSweep.Found found) throws CommandException {
        try {
            found.write(out);
        } catch (IOException e) {
            throw new CommandException("can't write to [" + out + "]: " + e, e);
        }
    }

    private void tell(JsonObject report) {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            to.println(report);
        } else {
            to.println(report.get("protocol").getAsString());
            to.printf(Locale.ROOT, "%-6s %9s %9s%n", "layer", "T2V R@1", "V2T R@1");
            JsonArray layers = report.getAsJsonArray("layers");
            for (JsonElement element : layers) {
                JsonObject layer = element.getAsJsonObject();
                to.printf(
                        Locale.ROOT,
                        "%-6d %9.4f %9.4f%s%n",
                        layer.get("layer").getAsInt(),
                        recall(layer, "t2v"),
                        recall(layer, "v2t"),
                        layer.get("layer").equals(report.get("best_layer")) ? "  best" : "");
            }
        }
        to.flush();
    }

    private static double recall(JsonObject layer, String direction) {
        return layer.getAsJsonObject(direction).get("recall@1").getAsDouble();
    }
}
