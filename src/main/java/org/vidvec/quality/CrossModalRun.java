package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.media.Sampling;
import org.vidvec.metrics.RankSummary;
import org.vidvec.metrics.RankedGains;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;
import org.vidvec.world.FrameSize;
import org.vidvec.world.RetrievalSet;
import org.vidvec.world.RetrievalSet.TooManyException;
import org.vidvec.world.Split;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;

/**
 * Clips, images and pages of the generated world in one space (VLM2Vec-V2 §3.1): each is looked for
 * by its short caption among all of them; no caption of one is true of another.
 */
final class CrossModalRun {

    private static final long WORDING = 0;

    /** A kind of candidate, and VLM2Vec-V2's words for looking for it. */
    private enum Kind {
        VIDEO("Find a video that contains the following visual content:"),
        IMAGE("Find me an image that matches the given caption:"),
        PAGE("Find a document image that matches the given query:");

        private final String instruction;

        Kind(String instruction) {
            this.instruction = instruction;
        }
    }

    private record Item(Kind kind, Subject subject) {}

    private final EvalOrder order;
    private final WorldShelf shelf;
    private final List<Item> items = new ArrayList<>();

    /**
     * @param sampling of the model
     * @throws QualityException if the split does not have so many of each
     */
    CrossModalRun(EvalOrder order, Split split, FrameSize size, Sampling sampling)
            throws QualityException {
        this.order = order;
        RetrievalSet set = set(order, split);
        set.clips().forEach(clip -> items.add(new Item(Kind.VIDEO, clip)));
        set.images().forEach(image -> items.add(new Item(Kind.IMAGE, image)));
        set.pages().forEach(page -> items.add(new Item(Kind.PAGE, page)));
        Map<String, Subject> subjects = new LinkedHashMap<>();
        items.forEach(item -> subjects.put(String.valueOf(subjects.size()), item.subject()));
        String name = "cross|" + order.seed() + "|" + split + "|" + size;
        this.shelf = new WorldShelf(name, subjects, size, sampling);
    }

    private static RetrievalSet set(EvalOrder order, Split split) throws QualityException {
        int n = order.further().crossModal();
        try {
            return new RetrievalSet(order.seed(), split, n, n, n);
        } catch (TooManyException e) {
            throw new QualityException("[--cross-modal]: " + e.getMessage(), e);
        }
    }

    /**
     * {@code card}: asked as the card says; {@code by_kind}: in VLM2Vec-V2's words for what is
     * looked for.
     */
    JsonObject run(Vectors vectors) throws MediaException, ModelException {
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Medium.Kind kind =
                    items.get(i).kind() == Kind.VIDEO ? Medium.Kind.VIDEO : Medium.Kind.IMAGE;
            sides.add(Side.of(shelf, new Medium(String.valueOf(i), kind, null, null)));
        }
        String tell = order.documentInstruction();
        float[][] found = vectors.sides("one index", sides, Role.DOCUMENT, tell);
        JsonObject report = new JsonObject();
        report.addProperty(
                "protocol",
                "generated world: clips, images and pages by their short captions, among all");
        report.add("card", measure(found, queries(vectors, false)));
        report.add("by_kind", measure(found, queries(vectors, true)));
        return report;
    }

    private float[][] queries(Vectors vectors, boolean byKind)
            throws MediaException, ModelException {
        List<float[]> queries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<String> captions =
                    items.stream()
                            .filter(item -> item.kind() == kind)
                            .map(item -> item.subject().caption(Style.SHORT, WORDING))
                            .toList();
            String ask = byKind ? kind.instruction : order.queryInstruction();
            queries.addAll(List.of(vectors.texts(captions, Role.QUERY, ask)));
        }
        return queries.toArray(float[][]::new);
    }

    private JsonObject measure(float[][] found, float[][] queries) {
        ScoreTable scores = ScoreTable.cosines(queries, found);
        JsonObject report = new JsonObject();
        List<RankedGains> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<RankedGains> gains = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).kind() == kind) {
                    gains.add(RankedGains.of(scores.row(i), Map.of(i, 1)));
                }
            }
            all.addAll(gains);
            report.add(kind.name().toLowerCase(Locale.ROOT), json(gains));
        }
        report.add("all", json(all));
        return report;
    }

    /** Under MMEB-V2's names. */
    private JsonObject json(List<RankedGains> gains) {
        Map<String, Double> measures = new LinkedHashMap<>();
        Map<String, Double> ranks = RankSummary.of(gains);
        measures.put("queries", (double) gains.size());
        measures.put("candidates", (double) items.size());
        measures.put("hit@1", ranks.get("recall@1"));
        measures.put("ndcg@5", ranks.get("ndcg_linear@5"));
        measures.putAll(ranks);
        return RetrievalRun.json(measures);
    }
}
