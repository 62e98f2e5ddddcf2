package org.vidvec.quality;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.charts.Curve;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelInfo;
import org.vidvec.natives.NativeLibraries;

/**
 * Retrieval by the states of every layer (VidVec §4, Fig. 3): each text and medium goes through the
 * model once.
 */
public final class LayerSweep {

    private static final int AT_ONCE = 8;

    private final EvalOrder order;
    private final NativeLibraries natives;
    private final Stages stages;

    public LayerSweep(EvalOrder order, NativeLibraries natives, Stages stages) {
        this.order = order;
        this.natives = natives;
        this.stages = stages;
    }

    /**
     * What was found.
     *
     * @param best layer with the highest mean of both R@1, of equals the lowest
     * @param report {@code t2v} and {@code v2t} of each layer, in their order
     * @param curve R@1 of both directions by layer
     */
    public record Found(int best, JsonObject report, Curve curve) {

        /** Writes {@code layers.json}, {@code layers.png} and {@code layers.vl.json}. */
        public void write(Path folder) throws IOException {
            Files.createDirectories(folder);
            String text =
                    new GsonBuilder()
                            .setPrettyPrinting()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(report);
            Files.writeString(folder.resolve("layers.json"), text + "\n");
            Files.write(folder.resolve("layers.png"), curve.png());
            Files.writeString(folder.resolve("layers.vl.json"), curve.vega());
        }
    }

    /**
     * Sweeps.
     *
     * @throws QualityException if the set can't be read or has no captions, or a medium can't be
     *     decoded
     */
    public Found run() throws QualityException, ModelException {
        try (LoadedModel model = new ModelFolderUse(natives, order).load()) {
            Measured measured = new SetOpening(order, natives, model.info()).open().described();
            LabelledSet set = measured.labels();
            if (set.captions().isEmpty()) {
                throw new QualityException(
                        "set [" + set.name() + "] has no captions of media that are there");
            }
            float[][][] texts = texts(model, set);
            float[][][] media = media(model, measured);
            return found(model.info(), set, texts, media);
        } catch (MediaException e) {
            throw new QualityException(e.getMessage() + "; take it out of the set", e);
        }
    }

    private float[][][] texts(LoadedModel model, LabelledSet set)
            throws ModelException, MediaException {
        List<Caption> captions = set.captions();
        return embed(
                model,
                "texts",
                captions.size(),
                i -> List.of(new Content.Text(captions.get(i).text())),
                Role.QUERY,
                order.queryInstruction());
    }

    private float[][][] media(LoadedModel model, Measured measured)
            throws ModelException, MediaException {
        List<Medium> media = measured.labels().media();
        return embed(
                model,
                "media",
                media.size(),
                i -> measured.shelf().contents(media.get(i)),
                Role.DOCUMENT,
                order.documentInstruction());
    }

    /** [layers][items][dims]. */
    private float[][][] embed(
            LoadedModel model,
            String stage,
            int n,
            Vectors.Reading reading,
            Role role,
            String instruction)
            throws ModelException, MediaException {
        float[][][] vectors = new float[model.info().layers()][n][];
        stages.begins(stage, n);
        for (int from = 0; from < n; from += AT_ONCE) {
            List<EmbedInput> batch = new ArrayList<>();
            for (int i = from; i < Math.min(n, from + AT_ONCE); i++) {
                batch.add(new EmbedInput(reading.read(i), role, instruction));
            }
            List<float[][]> read = model.layerEmbedder().embedEveryLayer(batch);
            for (int i = 0; i < read.size(); i++) {
                for (int layer = 0; layer < vectors.length; layer++) {
                    vectors[layer][from + i] = read.get(i)[layer];
                }
            }
            stages.stepped(batch.size());
        }
        return vectors;
    }

    private Found found(ModelInfo info, LabelledSet set, float[][][] texts, float[][][] media) {
        Relevance toMedia = Relevance.textToMedia(set);
        Relevance toText = toMedia.turned(set.media().size());
        double[] there = new double[texts.length];
        double[] back = new double[texts.length];
        JsonArray layers = new JsonArray();
        int best = 0;
        for (int i = 0; i < texts.length; i++) {
            ScoreTable scores = ScoreTable.cosines(texts[i], media[i]);
            Map<String, Double> t2v = toMedia.measure(scores);
            Map<String, Double> v2t = toText.measure(scores.transposed());
            there[i] = t2v.get("recall@1");
            back[i] = v2t.get("recall@1");
            JsonObject layer = new JsonObject();
            layer.addProperty("layer", i + 1);
            layer.add("t2v", RetrievalRun.json(t2v));
            layer.add("v2t", RetrievalRun.json(v2t));
            layers.add(layer);
            best = there[i] + back[i] > there[best] + back[best] ? i : best;
        }
        JsonObject report = new JsonObject();
        report.addProperty("model", info.id());
        report.addProperty("fingerprint", info.fingerprint());
        report.addProperty("set", set.name());
        report.addProperty("protocol", set.protocol());
        report.addProperty("best_layer", best + 1);
        report.add("layers", layers);
        Curve curve =
                new Curve(
                        info.id() + " on " + set.name() + ": R@1 by layer",
                        "layer",
                        "R@1",
                        List.of(
                                new Curve.Line("text to media", there),
                                new Curve.Line("media to text", back)));
        return new Found(best + 1, report, curve);
    }
}
