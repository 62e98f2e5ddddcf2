package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * Composed retrieval on the generated world (ViLL-E §5.3, App. I): a clip and what differs find the
 * clip that is so, among the targets of all queries. {@code joint} reads both in one pass, {@code
 * weighted} adds their two vectors, as {@code fusion} of a search does; the change or the source
 * alone tell what is found without the other.
 */
final class ComposedRun {

    private final EvalOrder order;
    private final Shelf shelf;
    private final List<Composition> compositions = new ArrayList<>();

    /**
     * @param sampling of the model
     */
    ComposedRun(EvalOrder order, Split split, FrameSize size, Sampling sampling) {
        this.order = order;
        WorldSamples samples = new WorldSamples(order.seed(), split, 1, size);
        Set<String> targets = new TreeSet<>();
        for (long i = 0; compositions.size() < order.further().composed(); i++) {
            Composition next = samples.composition(i);
            if (targets.add(next.target().canonical())) {
                compositions.add(next);
            }
        }
        String name = "composed|" + order.seed() + "|" + split + "|" + size;
        this.shelf = new WorldShelf(name, subjects(), size, sampling);
    }

    private Map<String, Subject> subjects() {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        for (int i = 0; i < compositions.size(); i++) {
            subjects.put("source-" + i, compositions.get(i).source());
            subjects.put("target-" + i, compositions.get(i).target());
        }
        return subjects;
    }

    JsonObject run(Vectors vectors) throws MediaException, ModelException {
        List<Side> sources = sides("source-");
        List<Side> joint = new ArrayList<>();
        List<Side> changes = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            String change = compositions.get(i).change();
            joint.add(sources.get(i).with(change));
            changes.add(Side.of(change));
        }
        String ask = order.queryInstruction();
        float[][] targets =
                vectors.sides(
                        "composed targets",
                        sides("target-"),
                        Role.DOCUMENT,
                        order.documentInstruction());
        float[][] source = vectors.sides("composed sources", sources, Role.QUERY, ask);
        float[][] change = vectors.sides("composed changes", changes, Role.QUERY, ask);
        JsonObject report = new JsonObject();
        report.addProperty(
                "protocol", "generated world: the source's own target among those of all queries");
        report.add("joint", measure(vectors.sides("composed", joint, Role.QUERY, ask), targets));
        report.add("weighted", measure(sums(source, change), targets));
        report.add("change_alone", measure(change, targets));
        report.add("source_alone", measure(source, targets));
        return report;
    }

    private List<Side> sides(String prefix) throws MediaException {
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < compositions.size(); i++) {
            sides.add(Side.of(shelf, new Medium(prefix + i, Medium.Kind.VIDEO, null, null)));
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

    private static JsonObject measure(float[][] queries, float[][] targets) {
        ScoreTable scores = ScoreTable.cosines(queries, targets);
        List<RankedGains> gains = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            gains.add(RankedGains.of(scores.row(i), Map.of(i, 1)));
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("queries", (double) queries.length);
        measures.put("candidates", (double) targets.length);
        measures.putAll(RankSummary.of(gains));
        return RetrievalRun.json(measures);
    }
}
