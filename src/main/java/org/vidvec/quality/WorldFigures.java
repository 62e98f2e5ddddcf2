package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/**
 * What a model that learnt the generated world can do on scenes that it has not seen, beside what
 * is to be reached: the model itself, and each adapter of it, by its vectors.
 */
public final class WorldFigures {

    private static final double REACH = 0.9;

    /** VidVec's alignment: so much, or twice the best layer of the model that it began with. */
    private static final double ALIGNED = 0.8;

    /** Points that the rerank is to win. */
    private static final double RERANK_GAIN = 0.03;

    private static final String RECALL = "recall@1";

    private final EvalOrder order;
    private final NativeLibraries natives;
    private final Path cache;
    private final Stages stages;
    private final JsonArray figures = new JsonArray();
    private final JsonObject reports = new JsonObject();

    /**
     * @param order of the model, on the world, with rerank, answers and captions
     * @param cache folder for vectors; null to keep none
     */
    public WorldFigures(EvalOrder order, NativeLibraries natives, Path cache, Stages stages) {
        this.order = order;
        this.natives = natives;
        this.cache = cache;
        this.stages = stages;
    }

    /**
     * Measures.
     *
     * @param adapters folders of adapters of the model
     * @return {@code figures}, each with {@code what}, {@code found} and, where something is to be
     *     reached, {@code reach} and {@code reached}; and the {@code reports} that they are from
     */
    public JsonObject run(List<Path> adapters) throws QualityException, ModelException {
        String name = name(Path.of(order.model()));
        JsonObject report = new Evaluation(order, natives, cache, stages).run(null);
        reports.add(name, report);
        model(name, report);
        double best = bestLayer(name);
        for (Path adapter : adapters) {
            JsonObject vectors =
                    new Evaluation(order.vectorsOf(adapter.toString()), natives, cache, stages)
                            .run(null);
            reports.add(name(adapter), vectors);
            boolean aligned = name(adapter).endsWith("-vidvec");
            double reach = aligned ? Math.min(ALIGNED, 2 * best) : REACH;
            figure(name(adapter) + ", text to video R@1", recall(vectors, "t2v"), reach);
            figure(name(adapter) + ", video to text R@1", recall(vectors, "v2t"), reach);
        }
        JsonObject all = new JsonObject();
        all.add("figures", figures);
        all.add("reports", reports);
        return all;
    }

    private static String name(Path folder) {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    private void model(String name, JsonObject report) {
        double before = recall(report, "t2v");
        figure(name + ", text to video R@1", before, REACH);
        figure(name + ", video to text R@1", recall(report, "v2t"), REACH);
        if (report.has("rerank")) {
            JsonObject rerank = report.getAsJsonObject("rerank");
            String what = ", text to video R@1 after the rerank of " + rerank.get("k");
            figure(name + what, recall(rerank, "t2v"), before + RERANK_GAIN);
        }
        if (report.has("matches")) {
            JsonObject matches = report.getAsJsonObject("matches");
            verdicts(name + ", verdicts, wrong by one word", matches, "near", REACH);
            verdicts(name + ", verdicts, wrong in one attribute", matches, "attribute", null);
            verdicts(name + ", verdicts, of another clip", matches, "easy", null);
        }
        if (report.has("captions")) {
            JsonObject captions = report.getAsJsonObject("captions");
            double right = captions.get("right_words").getAsDouble();
            figure(name + ", right words of captions", right, REACH);
        }
        if (report.has("questions")) {
            JsonObject questions = report.getAsJsonObject("questions");
            figure(name + ", right answers", questions.get("accuracy").getAsDouble(), null);
            double prior = questions.get("without_looking").getAsDouble();
            figure("right answers without looking", prior, null);
        }
    }

    private void verdicts(String what, JsonObject matches, String difficulty, Double reach) {
        JsonObject verdicts = matches.getAsJsonObject(difficulty);
        figure(what, verdicts.get("accuracy").getAsDouble(), reach);
    }

    /** Text to video R@1 of the layer that embeds best, nothing learnt for it. */
    private double bestLayer(String name) throws QualityException, ModelException {
        LayerSweep.Found found =
                new LayerSweep(order.vectorsOf(order.model()), natives, stages).run();
        reports.add(name + " by layer", found.report());
        JsonArray layers = found.report().getAsJsonArray("layers");
        double best = recall(layers.get(found.best() - 1).getAsJsonObject(), "t2v");
        figure(name + ", layer " + found.best() + ", text to video R@1", best, null);
        return best;
    }

    private static double recall(JsonObject report, String direction) {
        return report.getAsJsonObject(direction).get(RECALL).getAsDouble();
    }

    private void figure(String what, double found, Double reach) {
        JsonObject figure = new JsonObject();
        figure.addProperty("what", what);
        figure.addProperty("found", found);
        if (reach != null) {
            figure.addProperty("reach", reach);
            figure.addProperty("reached", found >= reach);
        }
        figures.add(figure);
    }
}
