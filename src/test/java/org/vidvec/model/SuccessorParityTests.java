package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** The successors of Qwen2-VL from raw frames and words to vector and P(Yes). */
public class SuccessorParityTests extends ESTestCase {

    private static final List<String> FIXTURES = List.of("qwen2_5_vl_a", "qwen3_vl_b");

    public void testVideosAndTexts() throws Exception {
        Path models = createTempDir();
        for (String fixture : FIXTURES) {
            TestModels.copy(models, fixture, fixture, TestModels.PARITY_CARD);
            try (LoadedModel model = TestModels.repository(models).load(fixture)) {
                String video = fixture.equals("qwen3_vl_b") ? "video" : "video_rerank";
                checkVideo(new Parity.Case(fixture, video), model);
                checkText(new Parity.Case(fixture, "text_short"), model);
            }
        }
    }

    private static void checkVideo(Parity.Case c, LoadedModel model) throws Exception {
        TensorFile tensors = c.tensors();
        String rule = tensors.has("classic.p_yes") ? "classic." : "";
        double fps = c.json().get("fps").getAsDouble();
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : tensors.frames("frames")) {
            double time = frames.size() / fps;
            frames.add(new Frame(time, frame.width(), frame.height(), frame.rgb()));
        }
        Content video = TestModels.video(frames);
        JsonObject message = c.json().getAsJsonArray("messages").get(0).getAsJsonObject();
        JsonObject last = message.getAsJsonArray("content").get(1).getAsJsonObject();
        Content text = new Content.Text(last.get("text").getAsString());
        assertVector(c, rule + "embedding_last", embed(model, List.of(video, text)));
        MatchScore score = model.matcher().match(List.of(text), List.of(video)).get(0);
        assertEquals(c + "", tensors.floats(rule + "p_yes")[0], score.pYes(), 1e-5);
    }

    private static void checkText(Parity.Case c, LoadedModel model) throws Exception {
        Content text = new Content.Text(c.json().get("text").getAsString());
        assertVector(c, "embedding_last", embed(model, List.of(text)));
    }

    private static void assertVector(Parity.Case c, String name, float[] actual) throws Exception {
        float[] expected = c.tensors().floats(name);
        assertEquals(c + "", 1, EmbedderTestCase.dot(expected, actual), 1e-5);
        assertArrayEquals(c + "", expected, actual, 1e-5f);
    }

    private static float[] embed(LoadedModel model, List<Content> parts) throws ModelException {
        EmbedInput input = new EmbedInput(parts, EmbedInput.Role.DOCUMENT, null);
        return model.embedder().embed(List.of(input)).get(0).vector();
    }

    /** Without a card: the default one, with a whole prompt for each kind of input. */
    public void testDefaultCards() throws Exception {
        Path models = createTempDir();
        for (String fixture : FIXTURES) {
            TestModels.copy(models, fixture, fixture, null);
            try (LoadedModel model = TestModels.repository(models).load(fixture)) {
                Frame frame = new Frame(0, 64, 64, new byte[64 * 64 * 3]);
                for (Content content :
                        List.of(
                                new Content.Text("a"),
                                new Content.Image(frame),
                                TestModels.video(List.of(frame)))) {
                    float[] vector = embed(model, List.of(content));
                    assertEquals(1, EmbedderTestCase.dot(vector, vector), 1e-5);
                }
            }
        }
    }
}
