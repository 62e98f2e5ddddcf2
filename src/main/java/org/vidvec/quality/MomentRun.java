package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Moment;
import org.vidvec.datasets.Span;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.MomentAnswer;
import org.vidvec.metrics.MomentScores;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;
import org.vidvec.moments.ScoredWindow;
import org.vidvec.moments.SeedAndMerge;

/**
 * Moment retrieval (ViLL-E §5.1): the windows of a video in the order of their cosines, and the
 * same merged into segments.
 */
final class MomentRun {

    /** QVHighlights counts as many. */
    private static final int MOST_SEGMENTS = 10;

    private final EvalOrder order;
    private final LabelledSet set;
    private final Shelf shelf;

    MomentRun(EvalOrder order, Measured measured) {
        this.order = order;
        this.set = measured.labels();
        this.shelf = measured.shelf();
    }

    JsonObject run(Vectors vectors, Stages stages) throws MediaException, ModelException {
        List<String> texts = set.moments().stream().map(Moment::text).toList();
        float[][] queries = vectors.texts(texts, Role.MOMENT, order.queryInstruction());
        float[][] behind = order.further().contextualized() ? contextualized(vectors) : null;
        Map<String, List<Integer>> byVideo = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String video = set.moments().get(i).medium();
            byVideo.computeIfAbsent(video, k -> new ArrayList<>()).add(i);
        }
        Answers plain = new Answers(new ArrayList<>(), new ArrayList<>());
        Answers contextualized = new Answers(new ArrayList<>(), new ArrayList<>());
        int windows = 0;
        for (Medium video : set.media()) {
            if (byVideo.containsKey(video.id())) {
                List<Shelf.Stretch> stretches =
                        shelf.windows(video, order.window(), order.stride());
                float[][] found = embed(vectors, video, stretches);
                windows += stretches.size();
                for (int query : byVideo.get(video.id())) {
                    List<Span> wanted = set.moments().get(query).spans();
                    add(plain, scored(queries[query], stretches, found), wanted);
                    if (behind != null) {
                        add(contextualized, scored(behind[query], stretches, found), wanted);
                    }
                }
            }
        }
        JsonObject report = new JsonObject();
        report.addProperty("queries", plain.windows().size());
        report.addProperty("windows", windows);
        plain.json().asMap().forEach(report::add);
        if (behind != null) {
            report.add("contextualized", contextualized.json());
        }
        return report;
    }

    /** What was found by windows as they are, and by segments. */
    private record Answers(List<MomentAnswer> windows, List<MomentAnswer> merged) {

        JsonObject json() {
            JsonObject json = RetrievalRun.json(MomentScores.of(windows));
            json.add("merged", RetrievalRun.json(MomentScores.of(merged)));
            return json;
        }
    }

    private void add(Answers answers, List<ScoredWindow> scored, List<Span> wanted) {
        answers.windows().add(new MomentAnswer(windows(scored), wanted));
        answers.merged().add(new MomentAnswer(segments(scored), wanted));
    }

    /** E-27: each text behind sparse frames of its video. */
    private float[][] contextualized(Vectors vectors) throws MediaException, ModelException {
        Map<String, Medium> media = new LinkedHashMap<>();
        set.media().forEach(m -> media.put(m.id(), m));
        List<Side> sides = new ArrayList<>();
        for (Moment moment : set.moments()) {
            sides.add(Side.of(shelf, media.get(moment.medium())).with(moment.text()));
        }
        return vectors.sides("contextualized texts", sides, Role.MOMENT, order.queryInstruction());
    }

    private float[][] embed(Vectors vectors, Medium video, List<Shelf.Stretch> stretches)
            throws MediaException, ModelException {
        String key = shelf.key(video);
        return vectors.embed(
                "windows",
                stretches.stream().map(s -> "window|" + s.span() + "|" + key).toList(),
                i -> stretches.get(i).contents(),
                Role.DOCUMENT,
                order.documentInstruction(),
                Vectors.MEDIA_AT_ONCE);
    }

    private static List<ScoredWindow> scored(
            float[] query, List<Shelf.Stretch> stretches, float[][] found) {
        double[] scores = ScoreTable.cosines(new float[][] {query}, found).row(0);
        List<ScoredWindow> scored = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            Span span = stretches.get(i).span();
            scored.add(new ScoredWindow(span.start(), span.end(), scores[i]));
        }
        return scored;
    }

    private static List<MomentAnswer.Found> windows(List<ScoredWindow> scored) {
        return scored.stream()
                .map(w -> new MomentAnswer.Found(new Span(w.start(), w.end()), w.score()))
                .toList();
    }

    /** Seed and merge (ViLL-E, appendix G), by the order's constants. */
    private List<MomentAnswer.Found> segments(List<ScoredWindow> scored) {
        SeedAndMerge merge = new SeedAndMerge(order.mergeAlpha(), order.mergeThreshold(), true, 0);
        return merge.segments(scored, MOST_SEGMENTS).stream()
                .map(s -> new MomentAnswer.Found(new Span(s.start(), s.end()), s.score()))
                .toList();
    }
}
