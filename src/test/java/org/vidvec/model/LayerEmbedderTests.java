package org.vidvec.model;

import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;

/** One pass for all layers gives what a pass for each gives. */
public class LayerEmbedderTests extends ESTestCase {

    private static EmbedInput text(String value) {
        return new EmbedInput(List.of(new Content.Text(value)), EmbedInput.Role.QUERY, null);
    }

    private static EmbedInput video(int... greys) {
        List<Frame> frames = new java.util.ArrayList<>();
        for (int i = 0; i < greys.length; i++) {
            byte[] rgb = new byte[3 * 56 * 84];
            for (int k = 0; k < rgb.length; k++) {
                rgb[k] = (byte) (greys[i] + k % 41);
            }
            frames.add(new Frame(i, i * 0.5, 84, 56, rgb));
        }
        return new EmbedInput(List.of(TestModels.video(frames)), EmbedInput.Role.DOCUMENT, null);
    }

    /** The same model whose card names one layer after another is the reference. */
    public void testEveryLayerIsWhatTheCardWouldRead() throws Exception {
        List<EmbedInput> inputs =
                List.of(text("a red star spins"), video(10, 90, 200), text("what?"));
        List<float[][]> all;
        Path models = PathUtils.get("src", "test", "models");
        try (LoadedModel model = TestModels.repository(models).load("tiny")) {
            all = model.layerEmbedder().embedEveryLayer(inputs);
            assertEquals(model.info().layers(), all.get(0).length);
        }
        for (int layer = 1; layer <= all.get(0).length; layer++) {
            Path copies = createTempDir();
            copy(models.resolve("tiny"), copies.resolve("tiny"));
            CardFile.put(copies.resolve("tiny"), "layer", layer);
            try (LoadedModel model = TestModels.repository(copies).load("tiny")) {
                assertEquals(layer, model.info().layer());
                assertTrue("the card's other fields stay", model.info().randomWeights());
                List<Embedding> one = model.embedder().embed(inputs);
                for (int i = 0; i < inputs.size(); i++) {
                    assertArrayEquals(one.get(i).vector(), all.get(i)[layer - 1], 2e-6f);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        java.nio.file.Files.createDirectories(to);
        try (var files = java.nio.file.Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                java.nio.file.Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
