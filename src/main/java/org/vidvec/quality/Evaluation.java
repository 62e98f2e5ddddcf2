package org.vidvec.quality;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.media.MediaException;
import org.vidvec.media.Sampling;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelInfo;
import org.vidvec.natives.NativeLibraries;

/**
 * Measures a model on a set: retrieval both ways, moments, claims, questions, as far as the set has
 * them and the order asks. The report holds every setting and the model's fingerprint, so that it
 * can be made again.
 */
public final class Evaluation {

    private final EvalOrder order;
    private final NativeLibraries natives;
    private final Path cache;
    private final Stages stages;

    /**
     * @param cache folder for vectors; null to keep none
     */
    public Evaluation(EvalOrder order, NativeLibraries natives, Path cache, Stages stages) {
        this.order = order;
        this.natives = natives;
        this.cache = cache;
        this.stages = stages;
    }

    /** The order that a report was made by. */
    public static EvalOrder orderOf(JsonObject report) throws QualityException {
        if (report.has("settings") == false || report.has("model") == false) {
            throw new QualityException(
                    "the report has no [settings] and [model]; give one that [eval] has written");
        }
        return new Gson().fromJson(report.get("settings"), EvalOrder.class);
    }

    /**
     * Makes the report.
     *
     * @param fingerprint the model's, if a report is made again; null for any
     * @throws QualityException if the set can't be read, the model is another one, or a medium
     *     can't be decoded and may not be left out
     */
    public JsonObject run(String fingerprint) throws QualityException, ModelException {
        ModelFolderUse use = new ModelFolderUse(natives, order);
        try (LoadedModel model = use.load();
                EmbeddingStore store = store(model.info())) {
            checkFingerprint(model.info(), fingerprint);
            Measured measured = new SetOpening(order, natives, model.info()).open();
            List<String> unreadable = new ArrayList<>();
            if (order.skips()) {
                unreadable.addAll(unreadable(measured, new Vectors(model, store, stages)));
                measured = measured.without(unreadable);
            }
            return report(measured, model, store, unreadable);
        } catch (MediaException e) {
            throw new QualityException(
                    e.getMessage() + "; leave out what can't be decoded with [--skip-bad]", e);
        } catch (IOException | UncheckedIOException e) {
            throw new QualityException("can't keep vectors in [" + cache + "]: " + e, e);
        }
    }

    private List<String> unreadable(Measured measured, Vectors vectors) throws ModelException {
        return vectors.unreadable(
                measured.labels().media(), measured.shelf(), order.documentInstruction());
    }

    private EmbeddingStore store(ModelInfo model) throws IOException {
        return cache == null
                ? new EmbeddingStore()
                : new EmbeddingStore(cache, model.fingerprint());
    }

    private static void checkFingerprint(ModelInfo model, String wanted) throws QualityException {
        if (wanted != null && wanted.equals(model.fingerprint()) == false) {
            throw new QualityException(
                    "the report was made with the model ["
                            + wanted
                            + "], but ["
                            + model.id()
                            + "] is ["
                            + model.fingerprint()
                            + "]; give the model that it was made with");
        }
    }

    private JsonObject report(
            Measured measured, LoadedModel model, EmbeddingStore store, List<String> unreadable)
            throws MediaException, ModelException, QualityException {
        LabelledSet set = measured.labels();
        checkMeasurable(set);
        checkFurther(measured);
        CaptionRun captions =
                order.captionTokens() == 0
                        ? null
                        : new CaptionRun(measured, model.writer(), order.captionTokens());
        JsonObject report = new JsonObject();
        report.add("settings", new GsonBuilder().serializeNulls().create().toJsonTree(order));
        report.add("set", set(set, unreadable));
        report.add("model", model(model.info(), order.sampling(model.info())));
        Vectors vectors = new Vectors(model, store, stages);
        if (set.captions().isEmpty() == false) {
            new RetrievalRun(order, parted(measured.described(), model.info()), model, stages)
                    .run(vectors)
                    .asMap()
                    .forEach(report::add);
        }
        if (set.moments().isEmpty() == false) {
            report.add("moments", new MomentRun(order, measured).run(vectors, stages));
        }
        addFurther(report, measured, vectors, model.info());
        if (set.claims().isEmpty() == false && order.rerank() > 0) {
            report.add("matches", new ClaimRun(measured, model.matcher()).run(stages));
        }
        if (set.questions().isEmpty() == false && order.answerTokens() > 0) {
            QuestionRun questions = new QuestionRun(measured, model.writer(), order.answerTokens());
            report.add("questions", questions.run(stages));
        }
        if (captions != null) {
            report.add("captions", captions.run(stages));
        }
        return report;
    }

    /** Before hours are spent on it. */
    private void checkMeasurable(LabelledSet set) throws QualityException {
        boolean measurable =
                set.captions().isEmpty() == false
                        || set.moments().isEmpty() == false
                        || (set.questions().isEmpty() == false && order.answerTokens() > 0)
                        || (set.claims().isEmpty() == false && order.rerank() > 0)
                        || (set.composed().isEmpty() == false && order.further().composed() > 0);
        if (measurable) {
            return;
        }
        StringBuilder message = new StringBuilder("set [" + set.name() + "] has no captions and");
        message.append(" no moments of media that are there, so that nothing can be measured");
        ask(message, set.questions().size(), "questions", "--answers");
        ask(message, set.claims().size(), "matches", "--rerank");
        ask(message, set.composed().size(), "composed pairs", "--composed");
        throw new QualityException(message.toString());
    }

    private void checkFurther(Measured measured) throws QualityException {
        if (order.set().equals(EvalOrder.WORLD)) {
            return;
        }
        if (order.further().crossModal() > 0) {
            throw new QualityException(
                    "[--cross-modal] needs the set ["
                            + EvalOrder.WORLD
                            + "], not ["
                            + order.set()
                            + "], which does not say what it would find; leave it out");
        }
        if (order.further().composed() > 0) {
            ComposedRun.of(order, measured);
        }
    }

    private static void ask(StringBuilder message, int count, String what, String option) {
        if (count > 0) {
            message.append("; for its [" + count + "] " + what + " give [" + option + "]");
        }
    }

    private SetOpening.Parted parted(Measured measured, ModelInfo model) throws QualityException {
        return order.tunesSoftmax()
                ? new SetOpening(order, natives, model).part(measured)
                : new SetOpening.Parted(null, measured, null);
    }

    private void addFurther(JsonObject report, Measured measured, Vectors vectors, ModelInfo model)
            throws MediaException, ModelException, QualityException {
        FurtherRuns further = order.further();
        boolean world = order.set().equals(EvalOrder.WORLD);
        SetOpening opening = new SetOpening(order, natives, model);
        Sampling sampling = order.sampling(model);
        if (further.composed() > 0) {
            ComposedRun composed =
                    world
                            ? ComposedRun.ofWorld(
                                    order, opening.split(), SetOpening.size(order.size()), sampling)
                            : ComposedRun.of(order, measured);
            report.add("composed", composed.run(vectors));
        }
        if (further.crossModal() > 0) {
            CrossModalRun crossing =
                    new CrossModalRun(
                            order, opening.split(), SetOpening.size(order.size()), sampling);
            report.add("cross_modal", crossing.run(vectors));
        }
    }

    private static JsonObject set(LabelledSet set, List<String> unreadable) {
        JsonObject json = new JsonObject();
        json.addProperty("name", set.name());
        json.addProperty("protocol", set.protocol());
        json.addProperty("media", set.media().size());
        json.addProperty("captions", set.captions().size());
        json.addProperty("moments", set.moments().size());
        json.addProperty("claims", set.claims().size());
        json.add("missing", names(set.missing()));
        json.add("unreadable", names(unreadable));
        json.add("bad_lines", names(set.skipped()));
        return json;
    }

    private static JsonArray names(List<String> names) {
        JsonArray json = new JsonArray();
        names.forEach(json::add);
        return json;
    }

    /**
     * @param sampling which frames were looked at
     */
    private static JsonObject model(ModelInfo model, Sampling sampling) {
        JsonObject json = new JsonObject();
        json.addProperty("id", model.id());
        json.addProperty("family", model.family());
        json.addProperty("fingerprint", model.fingerprint());
        json.addProperty("layer", model.layer());
        json.addProperty("layers", model.layers());
        json.addProperty("dims", model.dims());
        json.addProperty("dtype", model.dtype());
        json.addProperty("sampling", sampling.toString());
        json.addProperty("long_videos", String.valueOf(model.recipe().longVideos()));
        json.addProperty("random_weights", model.randomWeights());
        return json;
    }
}
