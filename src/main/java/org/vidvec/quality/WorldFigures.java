package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Of moments, composed queries, and what is found across kinds. */
    private static final double MOMENTS = 0.6;

    private static final double COMPOSED = 0.6;
    private static final double CROSS_MODAL = 0.8;

    private static final String RECALL = "recall@1";
    private static final String MOMENT_RECALL = "r1@0.5";

    /** Ends of the names of adapters: VidVec's alignment, and ViLL-E with all that is its own. */
    private static final String ALIGNED_END = "-vidvec";

    private static final String ADAPTIVE_END = "-vill-e";

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
     * Measures. An adapter that can't be measured is told among the missing, and the others go on.
     *
     * @param adapters folders of adapters of the model
     * @return {@code figures}, each with {@code what}, {@code found} and, where something is to be
     *     reached, {@code reach} and {@code reached}; {@code missing}, what could not be compared
     *     and why; and the {@code reports} that all is from
     */
    public JsonObject run(List<Path> adapters) throws QualityException, ModelException {
        String name = name(Path.of(order.model()));
        JsonObject report = new Evaluation(order, natives, cache, stages).run(null);
        reports.add(name, report);
        model(name, report);
        further(name, report);
        double best = bestLayer(name);
        Comparisons comparisons = new Comparisons(name);
        for (Path adapter : adapters) {
            try {
                adapter(adapter, best);
                comparisons.measured(name(adapter));
            } catch (QualityException | ModelException e) {
                comparisons.failed(name(adapter), e.getMessage());
            }
        }
        heads();
        JsonObject all = new JsonObject();
        all.add("figures", figures);
        all.add("missing", comparisons.missing());
        all.add("reports", reports);
        return all;
    }

    /**
     * @param best text to video R@1 of the model's best layer
     */
    private void adapter(Path folder, double best) throws QualityException, ModelException {
        String name = name(folder);
        JsonObject vectors =
                new Evaluation(order.vectorsOf(folder.toString()), natives, cache, stages)
                        .run(null);
        reports.add(name, vectors);
        boolean aligned = name.endsWith(ALIGNED_END);
        double reach = aligned ? Math.min(ALIGNED, 2 * best) : REACH;
        figure(name + ", text to video R@1", recall(vectors, "t2v"), reach);
        figure(name + ", video to text R@1", recall(vectors, "v2t"), reach);
        further(name, vectors);
        if (aligned) {
            ordering(name + " aligned against zero-shot, best layer", recall(vectors, "t2v"), best);
        }
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
            ordering(name + ", rerank against vectors", recall(rerank, "t2v"), before);
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

    /** Moments, composed queries, and one index for all kinds, as far as they were measured. */
    private void further(String name, JsonObject report) {
        if (report.has("moments")) {
            moments(name, report.getAsJsonObject("moments"));
        }
        if (report.has("composed")) {
            JsonObject composed = report.getAsJsonObject("composed");
            double joint = composed.getAsJsonObject("joint").get(RECALL).getAsDouble();
            figure(name + ", composed R@1", joint, COMPOSED);
        }
        if (report.has("cross_modal")) {
            JsonObject kinds = report.getAsJsonObject("cross_modal").getAsJsonObject("card");
            for (String kind : List.of("video", "image", "page")) {
                double hit = kinds.getAsJsonObject(kind).get("hit@1").getAsDouble();
                figure(name + ", one index, Hit@1 of " + kind + "s", hit, CROSS_MODAL);
            }
        }
    }

    private void moments(String name, JsonObject moments) {
        JsonObject merged = moments.getAsJsonObject("merged");
        double found = merged.get(MOMENT_RECALL).getAsDouble();
        figure(name + ", moments R@1 at IoU 0.5", found, MOMENTS);
        figure(name + ", moments mAP", merged.get("map").getAsDouble(), null);
        double single = moments.get(MOMENT_RECALL).getAsDouble();
        ordering(name + ", merged against single windows", found, single);
        if (moments.has("contextualized")) {
            JsonObject behind = moments.getAsJsonObject("contextualized").getAsJsonObject("merged");
            double contextualized = behind.get(MOMENT_RECALL).getAsDouble();
            ordering(name + ", contextualized against plain moments", contextualized, found);
        }
    }

    /**
     * Adaptive length against fixed ones, and KV-Former against other heads: an adapter is compared
     * with those whose names begin with its own.
     */
    private void heads() {
        for (String whole : reports.keySet()) {
            for (String other : reports.keySet()) {
                if (whole.endsWith(ADAPTIVE_END) && other.startsWith(whole + "-")) {
                    ordering(
                            whole + " against " + other.substring(whole.length() + 1),
                            recall(reports.getAsJsonObject(whole), "t2v"),
                            recall(reports.getAsJsonObject(other), "t2v"));
                }
            }
        }
    }

    /** What one is better by than the other: more than nothing, as in the papers. */
    private void ordering(String what, double better, double worse) {
        JsonObject figure = new JsonObject();
        figure.addProperty("what", what);
        figure.addProperty("found", better - worse);
        figure.addProperty("reach", 0);
        figure.addProperty("reached", better > worse);
        figure.addProperty("of", better);
        figure.addProperty("against", worse);
        figures.add(figure);
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
        if (cache != null) {
            keep(found);
        }
        JsonArray layers = found.report().getAsJsonArray("layers");
        double best = recall(layers.get(found.best() - 1).getAsJsonObject(), "t2v");
        figure(name + ", layer " + found.best() + ", text to video R@1", best, null);
        JsonObject last = layers.get(layers.size() - 1).getAsJsonObject();
        ordering(name + ", best layer against the last", best, recall(last, "t2v"));
        return best;
    }

    private void keep(LayerSweep.Found found) throws QualityException {
        try {
            found.write(cache);
        } catch (IOException e) {
            throw new QualityException("can't write to [" + cache + "]: " + e, e);
        }
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

    /**
     * What the papers compare by adapters of one model, and which of these adapters are not there.
     */
    private static final class Comparisons {

        /** By the end of the adapter's name. */
        private static final Map<String, String> WANTED = new LinkedHashMap<>();

        static {
            WANTED.put(ALIGNED_END, "aligned against zero-shot");
            WANTED.put("-vlm2vec", "texts, clips, images and pages in one space");
            WANTED.put(ADAPTIVE_END, "adaptive length and KV-Former");
            WANTED.put(ADAPTIVE_END + "-1", "adaptive length against 1 token");
            WANTED.put(ADAPTIVE_END + "-5", "adaptive length against 5 tokens");
            WANTED.put(ADAPTIVE_END + "-mean", "KV-Former against no head");
            WANTED.put(ADAPTIVE_END + "-linear", "KV-Former against a linear head");
            WANTED.put(ADAPTIVE_END + "-mlp", "KV-Former against an MLP");
            WANTED.put(ADAPTIVE_END + "-self-attention", "KV-Former against self-attention");
            WANTED.put(ADAPTIVE_END + "-q-former", "KV-Former against Q-Former");
            WANTED.put(ADAPTIVE_END + "-k-former", "KV-Former against K-Former");
        }

        private final String model;
        private final Map<String, String> reasons = new LinkedHashMap<>();

        /**
         * @param model name of the folder that all adapters' names begin with
         */
        Comparisons(String model) {
            this.model = model;
            WANTED.keySet()
                    .forEach(
                            end ->
                                    reasons.put(
                                            model + end,
                                            "there is no folder [" + model + end + "]"));
        }

        /** An adapter was measured. */
        void measured(String adapter) {
            reasons.remove(adapter);
        }

        /** An adapter is there, but can't be measured. */
        void failed(String adapter, String reason) {
            reasons.put(adapter, reason);
        }

        /** Each with {@code what} it would have told, {@code adapter} and {@code reason}. */
        JsonArray missing() {
            JsonArray missing = new JsonArray();
            reasons.forEach(
                    (adapter, reason) -> {
                        JsonObject one = new JsonObject();
                        String end = adapter.substring(model.length());
                        one.addProperty("what", WANTED.getOrDefault(end, "its vectors"));
                        one.addProperty("adapter", adapter);
                        one.addProperty("reason", reason);
                        missing.add(one);
                    });
            return missing;
        }
    }
}
