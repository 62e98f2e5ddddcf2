package org.vidvec.quality;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.DurationBins;
import org.vidvec.model.Calibration;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;

/**
 * Retrieval in both directions (VidVec §5.1): captions find media, and media find captions, by the
 * cosine of their vectors; again with dual softmax and with the head's rerank where they are asked
 * for.
 */
final class RetrievalRun {

    private final EvalOrder order;
    private final LabelledSet set;
    private final Shelf shelf;
    private final LoadedModel model;
    private final Stages stages;
    private final Relevance toMedia;
    private final Relevance toText;
    private final JsonObject report = new JsonObject();

    RetrievalRun(EvalOrder order, Measured measured, LoadedModel model, Stages stages) {
        this.order = order;
        this.set = measured.labels();
        this.shelf = measured.shelf();
        this.model = model;
        this.stages = stages;
        this.toMedia = Relevance.textToMedia(set);
        this.toText = toMedia.turned(set.media().size());
    }

    /** {@code t2v} and {@code v2t} as they are, and the same inside of what was done besides. */
    JsonObject run(Vectors vectors) throws MediaException, ModelException {
        List<String> texts = set.captions().stream().map(Caption::text).toList();
        float[][] queries = vectors.texts(texts, Role.QUERY, order.queryInstruction());
        float[][] media = vectors.media(set.media(), shelf, order.documentInstruction());
        ScoreTable t2v = ScoreTable.cosines(queries, media);
        ScoreTable v2t = t2v.transposed();
        add(report, t2v, v2t);
        report.add("by_duration", byDuration(vectors, t2v));
        Rerank rerank = new Rerank(set, shelf, model.matcher(), order.rerank(), stages);
        if (order.rerank() > 0) {
            report.add("rerank", reranked(rerank, t2v, v2t));
        }
        if (order.dualSoftmax().isEmpty() == false) {
            double there = order.dualSoftmax().get(0);
            double back = order.dualSoftmax().get(order.dualSoftmax().size() - 1);
            ScoreTable dualT2v = t2v.dualSoftmax(there);
            ScoreTable dualV2t = v2t.dualSoftmax(back);
            JsonObject dual = new JsonObject();
            add(dual, dualT2v, dualV2t);
            if (order.rerank() > 0) {
                dual.add("rerank", reranked(rerank, dualT2v, dualV2t));
            }
            report.add("dual_softmax", dual);
        }
        return report;
    }

    /** Of the videos whose lengths are known: of vectors out of older stores they are not. */
    private JsonObject byDuration(Vectors vectors, ScoreTable t2v) throws MediaException {
        List<DurationBins.Video> videos =
                vectors.videos(set.media(), shelf, order.documentInstruction());
        return new Gson()
                .toJsonTree(DurationBins.of(videos, toMedia.queries(t2v)))
                .getAsJsonObject();
    }

    private JsonObject reranked(Rerank rerank, ScoreTable t2v, ScoreTable v2t)
            throws MediaException, ModelException {
        JsonObject report = new JsonObject();
        report.addProperty("k", order.rerank());
        add(
                report,
                rerank.textToMedia(t2v, Calibration.NONE),
                rerank.mediaToText(v2t, Calibration.NONE));
        report.addProperty("pairs_judged", rerank.pairs());
        for (Calibration calibration : order.further().calibrations()) {
            JsonObject calibrated = new JsonObject();
            add(
                    calibrated,
                    rerank.textToMedia(t2v, calibration),
                    rerank.mediaToText(v2t, calibration));
            report.add("calibrated_by_" + calibration, calibrated);
        }
        return report;
    }

    private void add(JsonObject report, ScoreTable t2v, ScoreTable v2t) {
        report.add("t2v", json(toMedia.measure(t2v)));
        report.add("v2t", json(toText.measure(v2t)));
    }

    static JsonObject json(Map<String, Double> measures) {
        return new Gson().toJsonTree(measures).getAsJsonObject();
    }
}
