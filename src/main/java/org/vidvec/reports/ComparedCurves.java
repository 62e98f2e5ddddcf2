package org.vidvec.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.charts.Curve;

/**
 * Lines of several models in one chart: R@1 by layer (VidVec Fig. 3), and losses by how far a run
 * is.
 */
public final class ComparedCurves {

    /** A chart and the name of its files. */
    private record Named(String name, Curve curve) {}

    /** A loss is told so often; of runs that are longer means are told. */
    private static final int POINTS = 50;

    private final List<Curve.Line> layers = new ArrayList<>();
    private final List<Curve.Line> losses = new ArrayList<>();

    /**
     * T2V by layer.
     *
     * @throws IllegalArgumentException if it is no report of {@code layers}
     */
    public void addLayers(JsonObject report) {
        if (report.has("layers") == false || report.has("model") == false) {
            throw new IllegalArgumentException("it is no report of [layers]");
        }
        JsonArray all = report.getAsJsonArray("layers");
        double[] recalls = new double[all.size()];
        for (int i = 0; i < recalls.length; i++) {
            JsonObject layer = all.get(i).getAsJsonObject();
            recalls[i] = layer.getAsJsonObject("t2v").get("recall@1").getAsDouble();
        }
        layers.add(new Curve.Line(report.get("model").getAsString(), recalls));
    }

    /**
     * The loss of a run.
     *
     * @param file its log; the line has its name, or that of the run's folder if it is {@code
     *     log.jsonl}
     * @throws IllegalArgumentException if it has no step
     */
    public void addLog(Path file, String text) {
        List<Double> steps =
                text.lines()
                        .filter(line -> line.endsWith("}"))
                        .map(JsonParser::parseString)
                        .map(JsonElement::getAsJsonObject)
                        .filter(step -> step.has("loss"))
                        .map(step -> step.get("loss").getAsDouble())
                        .toList();
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("it has no step");
        }
        int points = Math.min(POINTS, steps.size());
        double[] means = new double[points];
        for (int i = 0; i < points; i++) {
            List<Double> some =
                    steps.subList(i * steps.size() / points, (i + 1) * steps.size() / points);
            means[i] = some.stream().mapToDouble(d -> d).average().orElseThrow();
        }
        losses.add(new Curve.Line(name(file), means));
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.equals("log.jsonl")
                ? file.toAbsolutePath().getParent().getFileName().toString()
                : name.substring(0, name.lastIndexOf('.'));
    }

    /**
     * Writes those that have lines: {@code layers} and {@code loss}, each {@code .png} and {@code
     * .vl.json}.
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Named named : charts()) {
            Files.write(folder.resolve(named.name() + ".png"), named.curve().png());
            Files.writeString(folder.resolve(named.name() + ".vl.json"), named.curve().vega());
        }
    }

    private List<Named> charts() {
        List<Named> charts = new ArrayList<>();
        if (layers.isEmpty() == false) {
            charts.add(
                    new Named(
                            "layers", new Curve("text to media by layer", "layer", "R@1", layers)));
        }
        if (losses.isEmpty() == false) {
            String x = "part of the run, of " + POINTS;
            charts.add(new Named("loss", new Curve("loss by step", x, "loss", losses, true)));
        }
        return charts;
    }
}
