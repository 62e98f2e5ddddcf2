package org.vidvec.model;

import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.junit.AfterClass;
import org.vidvec.media.Sampling;

/** The demo's model, as it lies in the repository. */
public class TinyModelTests extends EmbedderTestCase {

    private static LoadedModel model;

    private static LoadedModel model() throws Exception {
        if (model == null) {
            model = TestModels.repository(PathUtils.get("src", "test", "models")).load("tiny");
        }
        return model;
    }

    @Override
    protected Embedder embedder() throws Exception {
        return model().embedder();
    }

    @AfterClass
    public static void closeModel() {
        if (model != null) {
            model.close();
            model = null;
        }
    }

    public void testSaysWhatItIs() throws Exception {
        ModelInfo info = model().info();
        assertEquals("tiny", info.id());
        assertEquals("qwen2_vl", info.family());
        assertTrue(info.randomWeights());
        assertEquals(96, info.dims());
        assertEquals(4, info.layer());
        assertEquals(919_424, info.parameters());
        // stored in float16, widened on a CPU
        assertEquals("float32", info.dtype());
        assertEquals(new Sampling.Uniform(8), info.sampling());
        assertTrue(info.fingerprint(), info.fingerprint().matches("sha256:[0-9a-f]{64}"));
        assertTrue(model().memoryBytes() > 919_424);
    }

    public void testDifferentClipsGetDifferentVectorsAndAnswers() throws Exception {
        Content dark = TestModels.video(List.of(frame(90, 120, 3), frame(90, 120, 8)));
        Content light = TestModels.video(List.of(frame(90, 120, 190), frame(90, 120, 90)));
        List<Embedding> both =
                embedder()
                        .embed(
                                List.of(
                                        new EmbedInput(
                                                List.of(dark), EmbedInput.Role.DOCUMENT, null),
                                        new EmbedInput(
                                                List.of(light), EmbedInput.Role.DOCUMENT, null)));
        assertTrue(dot(both.get(0).vector(), both.get(1).vector()) < 0.999);
        List<MatchScore> scores =
                model().matcher().match(List.of(new Content.Text("a dog")), List.of(dark, light));
        assertEquals(2, scores.size());
        for (MatchScore score : scores) {
            assertTrue(score.pYes() > 0 && score.pYes() < 1);
        }
        assertNotEquals(scores.get(0).pYes(), scores.get(1).pYes(), 1e-6);
    }
}
