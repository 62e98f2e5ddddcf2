package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vidvec.charts.Bars;
import org.vidvec.charts.KMeans;
import org.vidvec.charts.PointMap;
import org.vidvec.charts.Tsne;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/**
 * A map of media and their captions (ViLL-E, appendix O and Fig. 12): both in one t-SNE, grouped by
 * k-means on the captions' vectors, each group in a panel of its own under its dominant word.
 */
public final class CaptionMap {

    /** ViLL-E, appendix O: 4 x 5 panels. */
    private static final int GROUPS = 20;

    private static final int LEAST = 4;

    /** Without an id: media are often named by paths, which may be longer than ids may be. */
    private static final String ACTION = "{\"index\":{}}";

    private final EvalOrder order;
    private final NativeLibraries natives;
    private final Path cache;
    private final Stages stages;

    /**
     * @param cache folder for vectors; null to keep none
     */
    public CaptionMap(EvalOrder order, NativeLibraries natives, Path cache, Stages stages) {
        this.order = order;
        this.natives = natives;
        this.cache = cache;
        this.stages = stages;
    }

    /** A medium with its first caption. */
    private record Pair(Medium medium, String text) {}

    /**
     * What was drawn.
     *
     * @param documents one for each medium and caption: {@code type}, {@code medium}, {@code text},
     *     {@code x}, {@code y}, {@code group}, {@code label}
     * @param divergence of the map from the vectors
     * @param captions all of the set
     */
    public record Drawn(
            PointMap map, List<JsonObject> documents, double divergence, List<String> captions) {

        /**
         * Writes {@code map.png} and {@code map.jsonl}, the body of a {@code _bulk} request; and
         * what all captions are like, {@code words} and {@code lengths}, as {@code .png} and {@code
         * .vl.json}.
         */
        public void write(Path folder) throws IOException {
            Files.createDirectories(folder);
            Files.write(folder.resolve("map.png"), map.png());
            Files.write(
                    folder.resolve("map.jsonl"),
                    documents.stream().flatMap(d -> Stream.of(ACTION, d.toString())).toList());
            write(folder, "words", CaptionStatistics.words(captions));
            write(folder, "lengths", CaptionStatistics.lengths(captions));
        }

        private static void write(Path folder, String name, Bars bars) throws IOException {
            Files.write(folder.resolve(name + ".png"), bars.png());
            Files.writeString(folder.resolve(name + ".vl.json"), bars.vega());
        }
    }

    /**
     * Draws.
     *
     * @throws QualityException if the set can't be read, has too few captions, or a medium can't be
     *     decoded
     */
    public Drawn run() throws QualityException, ModelException {
        try (LoadedModel model = new ModelFolderUse(natives, order).load();
                EmbeddingStore store =
                        cache == null
                                ? new EmbeddingStore()
                                : new EmbeddingStore(cache, model.info().fingerprint())) {
            Measured measured = new SetOpening(order, natives, model.info()).open();
            List<Pair> pairs = pairs(measured.labels());
            Vectors vectors = new Vectors(model, store, stages);
            List<Medium> media = pairs.stream().map(Pair::medium).toList();
            float[][] shown = vectors.media(media, measured.shelf(), order.documentInstruction());
            List<String> texts = pairs.stream().map(Pair::text).toList();
            float[][] told = vectors.texts(texts, Role.QUERY, order.queryInstruction());
            stages.begins("t-SNE of " + 2 * pairs.size() + " points", 1);
            Drawn drawn = draw(model.info().id(), measured.labels(), pairs, shown, told);
            stages.stepped(1);
            return drawn;
        } catch (MediaException e) {
            throw new QualityException(e.getMessage() + "; take it out of the set", e);
        } catch (IOException e) {
            throw new QualityException("can't keep vectors in [" + cache + "]: " + e, e);
        }
    }

    private static List<Pair> pairs(LabelledSet set) throws QualityException {
        Map<String, String> first = new LinkedHashMap<>();
        for (Caption caption : set.captions()) {
            caption.media().keySet().forEach(id -> first.putIfAbsent(id, caption.text()));
        }
        List<Pair> pairs =
                set.media().stream()
                        .filter(m -> first.containsKey(m.id()))
                        .map(m -> new Pair(m, first.get(m.id())))
                        .toList();
        if (pairs.size() < LEAST) {
            throw new QualityException(
                    "a map needs at least ["
                            + LEAST
                            + "] media with captions; set ["
                            + set.name()
                            + "] has ["
                            + pairs.size()
                            + "]");
        }
        return pairs;
    }

    private Drawn draw(
            String model, LabelledSet set, List<Pair> pairs, float[][] shown, float[][] told) {
        int n = pairs.size();
        float[][] points = new float[2 * n][];
        System.arraycopy(shown, 0, points, 0, n);
        System.arraycopy(told, 0, points, n, n);
        Tsne.Layout layout = Tsne.layout(points, Tsne.PERPLEXITY);
        int[] groups = KMeans.groups(told, GROUPS, order.seed());
        int k = IntStream.of(groups).max().orElseThrow() + 1;
        List<String> labels = labels(pairs, groups, k);
        List<PointMap.Panel> panels = new ArrayList<>();
        for (int group = 0; group < k; group++) {
            List<double[]> lines = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                if (groups[i] == group) {
                    double[] medium = layout.places()[i];
                    double[] text = layout.places()[n + i];
                    lines.add(new double[] {medium[0], medium[1], text[0], text[1]});
                }
            }
            if (lines.isEmpty() == false) {
                String label = labels.get(group) + " (" + lines.size() + ")";
                panels.add(new PointMap.Panel(label, lines));
            }
        }
        List<JsonObject> documents = new ArrayList<>();
        for (int i = 0; i < 2 * n; i++) {
            int group = groups[i % n];
            documents.add(
                    document(
                            pairs.get(i % n), i < n, layout.places()[i], group, labels.get(group)));
        }
        String title = model + " on " + set.name() + ": circles media, crosses captions";
        List<String> captions = set.captions().stream().map(Caption::text).toList();
        return new Drawn(new PointMap(title, panels), documents, layout.divergence(), captions);
    }

    private static List<String> labels(List<Pair> pairs, int[] groups, int k) {
        List<String> labels = new ArrayList<>();
        for (int group = 0; group < k; group++) {
            int wanted = group;
            List<String> texts =
                    IntStream.range(0, groups.length)
                            .filter(i -> groups[i] == wanted)
                            .mapToObj(i -> pairs.get(i).text())
                            .toList();
            labels.add(Keywords.dominant(texts));
        }
        return labels;
    }

    private static JsonObject document(
            Pair pair, boolean medium, double[] place, int group, String label) {
        JsonObject document = new JsonObject();
        document.addProperty("type", medium ? "medium" : "caption");
        document.addProperty("medium", pair.medium().id());
        document.addProperty("text", pair.text());
        document.addProperty("x", place[0]);
        document.addProperty("y", place[1]);
        document.addProperty("group", group);
        document.addProperty("label", label);
        return document;
    }
}
