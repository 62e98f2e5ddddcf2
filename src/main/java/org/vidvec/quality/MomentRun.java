package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Moment;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.MomentAnswer;
import org.vidvec.metrics.MomentScores;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;

/** Moment retrieval (ViLL-E §5.1): the windows of a video in the order of their cosines. */
final class MomentRun {

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
        float[][] queries = vectors.texts(texts, Role.QUERY, order.queryInstruction());
        Map<String, List<Integer>> byVideo = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String video = set.moments().get(i).medium();
            byVideo.computeIfAbsent(video, k -> new ArrayList<>()).add(i);
        }
        List<MomentAnswer> answers = new ArrayList<>();
        int windows = 0;
        for (Medium video : set.media()) {
            if (byVideo.containsKey(video.id())) {
                List<Shelf.Stretch> stretches =
                        shelf.windows(video, order.window(), order.stride());
                float[][] found = embed(vectors, video, stretches);
                windows += stretches.size();
                for (int query : byVideo.get(video.id())) {
                    answers.add(answer(query, queries[query], stretches, found));
                }
            }
        }
        JsonObject report = new JsonObject();
        report.addProperty("queries", answers.size());
        report.addProperty("windows", windows);
        RetrievalRun.json(MomentScores.of(answers)).asMap().forEach(report::add);
        return report;
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

    private MomentAnswer answer(
            int query, float[] vector, List<Shelf.Stretch> stretches, float[][] found) {
        double[] scores = ScoreTable.cosines(new float[][] {vector}, found).row(0);
        List<MomentAnswer.Found> answers = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            answers.add(new MomentAnswer.Found(stretches.get(i).span(), scores[i]));
        }
        return new MomentAnswer(answers, set.moments().get(query).spans());
    }
}
