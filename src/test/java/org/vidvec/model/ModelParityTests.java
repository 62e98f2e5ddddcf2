package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** From raw frames and words to vector and P(Yes), against transformers. */
public class ModelParityTests extends ESTestCase {

    private static Path models;
    private static LoadedModel a;
    private static LoadedModel b;
    private static LoadedModel spatial;

    @BeforeClass
    public static void load() throws Exception {
        models = createTempDir();
        TestModels.copy(models, "a", "qwen2_vl_a", TestModels.PARITY_CARD);
        TestModels.copy(models, "b", "qwen2_vl_b", TestModels.PARITY_CARD);
        TestModels.copy(
                models,
                "spatial",
                "qwen2_vl_a",
                TestModels.PARITY_CARD.replace(
                        "{\"prompt", "{\"position_rule\":\"spatial\",\"prompt"));
        FolderModelRepository repository = TestModels.repository(models);
        assertEquals(List.of("a", "b", "spatial"), repository.ids());
        a = repository.load("a");
        b = repository.load("b");
        spatial = repository.load("spatial");
    }

    @AfterClass
    public static void close() {
        for (LoadedModel model : new LoadedModel[] {a, b, spatial}) {
            if (model != null) {
                model.close();
            }
        }
        a = null;
        b = null;
        spatial = null;
        models = null;
    }

    public void testEmbeddingsOfFrames() throws Exception {
        for (Parity.Case c : Parity.VISION) {
            TensorFile tensors = c.tensors();
            List<Content> parts = parts(c.json(), tensors.frames("frames"));
            String classic =
                    tensors.has("classic.embedding_last")
                            ? "classic.embedding_last"
                            : "embedding_last";
            assertVector(c + "", tensors.floats(classic), embed(model(c), parts));
            if (c.fixture().equals("qwen2_vl_a")) {
                assertVector(c + "", tensors.floats("embedding_last"), embed(spatial, parts));
            }
        }
    }

    public void testEmbeddingsOfTexts() throws Exception {
        for (Parity.Case c : Parity.TEXT) {
            List<Content> text = List.of(new Content.Text(c.json().get("text").getAsString()));
            assertVector(c + "", c.tensors().floats("embedding_last"), embed(model(c), text));
        }
    }

    public void testBatchOfTexts() throws Exception {
        for (String fixture : List.of("qwen2_vl_a", "qwen2_vl_b")) {
            Parity.Case c = new Parity.Case(fixture, "text_batch");
            List<EmbedInput> inputs = new ArrayList<>();
            for (JsonElement text : c.json().getAsJsonArray("texts")) {
                inputs.add(document(List.of(new Content.Text(text.getAsString()))));
            }
            List<Embedding> embeddings = model(c).embedder().embed(inputs);
            for (int row = 0; row < inputs.size(); row++) {
                assertVector(
                        c + " " + row,
                        c.tensors().floats("row" + row + ".embedding_last"),
                        embeddings.get(row).vector());
            }
        }
    }

    public void testProbabilityOfYes() throws Exception {
        for (Parity.Case c : Parity.VISION) {
            TensorFile tensors = c.tensors();
            List<Content> parts = parts(c.json(), tensors.frames("frames"));
            String pYes = tensors.has("classic.p_yes") ? "classic.p_yes" : "p_yes";
            MatchScore score =
                    model(c).matcher()
                            .match(parts.subList(1, parts.size()), parts.subList(0, 1))
                            .get(0);
            assertEquals(c + "", tensors.floats(pYes)[0], score.pYes(), 1e-5);
        }
    }

    public void testTheDefaultQuestionIsThatOfTheRerankCase() throws Exception {
        TestModels.copy(models, "default", "qwen2_vl_a", "{\"dtype\": \"float32\"}");
        Parity.Case c = new Parity.Case("qwen2_vl_a", "video_rerank");
        String text = parts(c.json(), c.tensors().frames("frames")).get(1).toString();
        String caption =
                text.substring(
                        text.indexOf("Caption: ") + "Caption: ".length(), text.indexOf('\n'));
        try (LoadedModel model = TestModels.repository(models).load("default")) {
            MatchScore score =
                    model.matcher()
                            .match(
                                    List.of(new Content.Text(caption)),
                                    List.of(TestModels.video(c.tensors().frames("frames"))))
                            .get(0);
            assertEquals(c.tensors().floats("p_yes")[0], score.pYes(), 1e-5);
            float[] logProbabilities = c.tensors().floats("yes_no_logprob");
            assertEquals(
                    logProbabilities[0] - logProbabilities[1],
                    score.yesLogit() - score.noLogit(),
                    1e-4);
        }
    }

    private static LoadedModel model(Parity.Case c) {
        return c.fixture().equals("qwen2_vl_a") ? a : b;
    }

    private static EmbedInput document(List<Content> parts) {
        return new EmbedInput(parts, EmbedInput.Role.DOCUMENT, null);
    }

    private static float[] embed(LoadedModel model, List<Content> parts) throws ModelException {
        return model.embedder().embed(List.of(document(parts))).get(0).vector();
    }

    private static void assertVector(String message, float[] expected, float[] actual) {
        assertEquals(message, 1, EmbedderTestCase.dot(expected, actual), 1e-5);
        assertArrayEquals(message, expected, actual, 1e-5f);
    }

    private static List<Content> parts(JsonObject json, List<Frame> frames) {
        List<Content> parts = new ArrayList<>();
        JsonObject message = json.getAsJsonArray("messages").get(0).getAsJsonObject();
        for (JsonElement element : message.getAsJsonArray("content")) {
            JsonObject content = element.getAsJsonObject();
            parts.add(
                    switch (content.get("type").getAsString()) {
                        case "image" -> new Content.Image(frames.get(0));
                        case "video" -> TestModels.video(frames);
                        default -> new Content.Text(content.get("text").getAsString());
                    });
        }
        return parts;
    }
}
