package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidvec.datasets.ComposedPair;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.media.Sampling;
import org.vidvec.metrics.RankSummary;
import org.vidvec.metrics.RankedGains;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;
import org.vidvec.moments.Aggregate;
import org.vidvec.world.Composition;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Split;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/**
 * Composed retrieval (ViLL-E §5.3, App. I): a medium and what differs find the medium that is so,
 * among the targets of all queries, less the one that is asked with. {@code joint} reads both in
 * one pass, {@code weighted} adds their two vectors, as {@code fusion} of a search does; the change
 * or the source alone tell what is found without the other.
 */
final class ComposedRun {

    private static final int FEWEST = 2;

    private final EvalOrder order;
    private final Shelf shelf;
    private final List<ComposedPair> pairs;
    private final Map<String, Medium> media;
    private final String protocol;

    private ComposedRun(
            EvalOrder order,
            Shelf shelf,
            List<ComposedPair> pairs,
            List<Medium> media,
            String protocol) {
        this.order = order;
        this.shelf = shelf;
        this.pairs = pairs;
        this.media = media.stream().collect(Collectors.toMap(Medium::id, Function.identity()));
        this.protocol = protocol;
    }

    /**
     * The first pairs of a set.
     *
     * @throws QualityException if it has fewer than two
     */
    static ComposedRun of(EvalOrder order, Measured measured) throws QualityException {
        List<ComposedPair> pairs =
                measured.labels().composed().stream().limit(order.further().composed()).toList();
        if (pairs.size() < FEWEST) {
            throw new QualityException(
                    "[--composed] needs at least ["
                            + FEWEST
                            + "] entries with [source], [change] and [target] whose media are"
                            + " there; set ["
                            + measured.labels().name()
                            + "] has ["
                            + pairs.size()
                            + "]");
        }
        return new ComposedRun(
                order,
                measured.shelf(),
                pairs,
                measured.labels().media(),
                "the source's own target among those of all queries, less the source");
    }

    /**
     * Of the generated world.
     *
     * @param sampling of the clips
     */
    static ComposedRun ofWorld(EvalOrder order, Split split, FrameSize size, Sampling sampling) {
        WorldSamples samples = new WorldSamples(order.seed(), split, 1, size);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        List<ComposedPair> pairs = new ArrayList<>();
        for (Composition drawn : samples.compositions(order.further().composed())) {
            String source = "source-" + pairs.size();
            String target = "target-" + pairs.size();
            subjects.put(source, drawn.source());
            subjects.put(target, drawn.target());
            pairs.add(new ComposedPair(source, drawn.change(), target));
        }
        List<Medium> media =
                subjects.keySet().stream()
                        .map(id -> new Medium(id, Medium.Kind.VIDEO, null, null))
                        .toList();
        String name = "composed|" + order.seed() + "|" + split + "|" + size;
        return new ComposedRun(
                order,
                new WorldShelf(name, subjects, size, sampling),
                pairs,
                media,
                "generated world: the source's own target among those of all queries");
    }

    JsonObject run(Vectors vectors) throws MediaException, ModelException {
        List<Side> sources = sides(pairs.stream().map(ComposedPair::source).toList());
        List<Side> joint = new ArrayList<>();
        List<Side> changes = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            String change = pairs.get(i).change();
            joint.add(sources.get(i).with(change));
            changes.add(Side.of(change));
        }
        String ask = order.queryInstruction();
        float[][] targets =
                vectors.sides(
                        "composed targets",
                        sides(candidates()),
                        Role.DOCUMENT,
                        order.documentInstruction());
        float[][] source = vectors.sides("composed sources", sources, Role.QUERY, ask);
        float[][] change = vectors.sides("composed changes", changes, Role.QUERY, ask);
        JsonObject report = new JsonObject();
        report.addProperty("protocol", protocol);
        report.add("joint", measure(vectors.sides("composed", joint, Role.QUERY, ask), targets));
        report.add("weighted", measure(sums(source, change), targets));
        report.add("change_alone", measure(change, targets));
        report.add("source_alone", measure(source, targets));
        return report;
    }

    /** Targets, each once. */
    private List<String> candidates() {
        return pairs.stream().map(ComposedPair::target).distinct().toList();
    }

    private List<Side> sides(List<String> ids) throws MediaException {
        List<Side> sides = new ArrayList<>();
        for (String id : ids) {
            sides.add(Side.of(shelf, media.get(id)));
        }
        return sides;
    }

    /** At norm 1. */
    private static float[][] sums(float[][] a, float[][] b) {
        float[][] sums = new float[a.length][];
        for (int i = 0; i < a.length; i++) {
            sums[i] = Aggregate.CENTROID.of(List.of(a[i], b[i]));
        }
        return sums;
    }

    private JsonObject measure(float[][] queries, float[][] targets) {
        ScoreTable scores = ScoreTable.cosines(queries, targets);
        Map<String, Integer> places = new HashMap<>();
        candidates().forEach(id -> places.put(id, places.size()));
        List<RankedGains> gains = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            double[] row = scores.row(i).clone();
            Integer own = places.get(pairs.get(i).source());
            if (own != null) {
                row[own] = Double.NEGATIVE_INFINITY;
            }
            gains.add(RankedGains.of(row, Map.of(places.get(pairs.get(i).target()), 1)));
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("queries", (double) queries.length);
        measures.put("candidates", (double) targets.length);
        measures.putAll(RankSummary.of(gains));
        return RetrievalRun.json(measures);
    }
}
