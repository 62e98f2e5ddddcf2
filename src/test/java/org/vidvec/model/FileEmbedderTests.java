package org.vidvec.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.BytesSource;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;
import org.vidvec.natives.NativeLibraries;

/** A film that the card calls long is the largest value of its windows in each dimension. */
public class FileEmbedderTests extends ESTestCase {

    private static final Path CLIP =
            PathUtils.get("src", "test", "resources", "media", "video", "dog-fetch.mp4");

    private static Embedding embed(LoadedModel model, MediaReader media) throws Exception {
        try (BytesSource source = source()) {
            return new FileEmbedder(model, media, MediaLimits.DEFAULT).embed(source);
        }
    }

    private static BytesSource source() throws Exception {
        return new BytesSource("clip", java.nio.file.Files.readAllBytes(CLIP));
    }

    public void testALongFilmIsTheMaxOfItsWindows() throws Exception {
        Path models = createTempDir();
        String card = "{\"long_videos\": {\"from\": 2, \"window\": 1.5}}";
        TestModels.copy(models, "long", "qwen2_vl_a", card);
        TestModels.copy(models, "short", "qwen2_vl_a", "{}");
        MediaReader media = new MediaReader(NativeLibraries.fromSystemProperty());
        try (LoadedModel model = TestModels.repository(models).load("long");
                LoadedModel whole = TestModels.repository(models).load("short")) {
            float[] found = embed(model, media).vector();
            float[] wanted = max(windows(whole, media));
            assertArrayEquals(wanted, found, 1e-6f);
            float[] one = embed(whole, media).vector();
            double same = 0;
            for (int i = 0; i < one.length; i++) {
                same += (double) one[i] * found[i];
            }
            assertTrue("another vector than that of the whole: " + same, same < 0.9999);
        }
    }

    private static List<float[]> windows(LoadedModel model, MediaReader media) throws Exception {
        WindowRequest request = new WindowRequest(Windows.fixed(1.5), new Sampling.Uniform(8), 100);
        List<float[]> vectors = new ArrayList<>();
        List<Window> windows = new ArrayList<>();
        try (BytesSource source = source()) {
            var info = media.windows(source, request, MediaLimits.DEFAULT, windows::add);
            for (Window window : windows) {
                EmbedInput input =
                        new EmbedInput(
                                Content.ofWindow(info, window), EmbedInput.Role.DOCUMENT, null);
                vectors.add(model.embedder().embed(List.of(input)).get(0).vector());
            }
        }
        assertTrue("windows: " + vectors.size(), vectors.size() > 1);
        return vectors;
    }

    /** Written out here: the largest of each dimension, at norm 1. */
    private static float[] max(List<float[]> vectors) {
        float[] max = vectors.get(0).clone();
        double square = 0;
        for (int i = 0; i < max.length; i++) {
            for (float[] vector : vectors) {
                max[i] = Math.max(max[i], vector[i]);
            }
            square += (double) max[i] * max[i];
        }
        for (int i = 0; i < max.length; i++) {
            max[i] /= (float) Math.sqrt(square);
        }
        return max;
    }
}
