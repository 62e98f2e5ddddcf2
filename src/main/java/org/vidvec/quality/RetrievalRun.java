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
 * for. The factor of dual softmax may be chosen on other media, as VidVec chooses it on the
 * validation split of MSR-VTT.
 */
final class RetrievalRun {

    /** Factors of cosines that are tried: one over the temperature. */
    private static final List<Double> SCALES =
            List.of(1., 2., 5., 10., 15., 20., 25., 30., 40., 50., 70., 100., 150., 200.);

    private final EvalOrder order;
    private final SetOpening.Parted parted;
    private final LabelledSet set;
    private final Shelf shelf;
    private final LoadedModel model;
    private final Stages stages;
    private final Relevance toMedia;
    private final Relevance toText;
    private final JsonObject report = new JsonObject();

    /**
     * @param parted what is measured, and what constants are chosen on if the order says so
     */
    RetrievalRun(EvalOrder order, SetOpening.Parted parted, LoadedModel model, Stages stages) {
        Measured measured = parted.measured();
        this.order = order;
        this.parted = parted;
        this.set = measured.labels();
        this.shelf = measured.shelf();
        this.model = model;
        this.stages = stages;
        this.toMedia = Relevance.textToMedia(set);
        this.toText = toMedia.turned(set.media().size());
    }

    /** {@code t2v} and {@code v2t} as they are, and the same inside of what was done besides. */
    JsonObject run(Vectors vectors) throws MediaException, ModelException {
        ScoreTable t2v = cosines(parted.measured(), vectors);
        ScoreTable v2t = t2v.transposed();
        add(report, t2v, v2t);
        report.add("by_duration", byDuration(vectors, t2v));
        Rerank rerank = new Rerank(set, shelf, model.matcher(), order.rerank(), stages);
        if (order.rerank() > 0) {
            report.add("rerank", reranked(rerank, t2v, v2t));
        }
        JsonObject dual = new JsonObject();
        List<Double> scales = order.tunesSoftmax() ? tuned(vectors, dual) : order.dualSoftmax();
        if (scales.isEmpty() == false) {
            ScoreTable dualT2v = t2v.dualSoftmax(scales.get(0));
            ScoreTable dualV2t = v2t.dualSoftmax(scales.get(scales.size() - 1));
            add(dual, dualT2v, dualV2t);
            if (order.rerank() > 0) {
                dual.add("rerank", reranked(rerank, dualT2v, dualV2t));
            }
            report.add("dual_softmax", dual);
        }
        return report;
    }

    /** From the captions of a set to its media. */
    private ScoreTable cosines(Measured measured, Vectors vectors)
            throws MediaException, ModelException {
        LabelledSet labels = measured.labels();
        List<String> texts = labels.captions().stream().map(Caption::text).toList();
        float[][] queries = vectors.texts(texts, Role.QUERY, order.queryInstruction());
        return ScoreTable.cosines(
                queries,
                vectors.media(labels.media(), measured.shelf(), order.documentInstruction()));
    }

    /** The best factors there and back on the other media, and {@code tuned} about them. */
    private List<Double> tuned(Vectors vectors, JsonObject report)
            throws MediaException, ModelException {
        LabelledSet others = parted.chosenOn().labels();
        ScoreTable t2v = cosines(parted.chosenOn(), vectors);
        Relevance there = Relevance.textToMedia(others);
        Relevance back = there.turned(others.media().size());
        double forward = there.bestScale(t2v, SCALES);
        double backward = back.bestScale(t2v.transposed(), SCALES);
        JsonObject tuned = new JsonObject();
        tuned.addProperty("on", parted.what());
        tuned.add("tried", new Gson().toJsonTree(SCALES));
        tuned.addProperty("t2v_scale", forward);
        tuned.addProperty("v2t_scale", backward);
        add(
                tuned,
                there.measure(t2v.dualSoftmax(forward)),
                back.measure(t2v.transposed().dualSoftmax(backward)));
        report.add("tuned", tuned);
        return List.of(forward, backward);
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
        add(report, toMedia.measure(t2v), toText.measure(v2t));
    }

    private static void add(
            JsonObject report, Map<String, Double> there, Map<String, Double> back) {
        report.add("t2v", json(there));
        report.add("v2t", json(back));
    }

    static JsonObject json(Map<String, Double> measures) {
        return new Gson().toJsonTree(measures).getAsJsonObject();
    }
}
