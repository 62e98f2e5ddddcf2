package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.vidvec.media.Sampling;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** PaliGemma from its folder, with ViLL-E's recipe and with the prompts of the parity cases. */
public class PaliGemmaModelTests extends EmbedderTestCase {

    private static final String FIXTURE = "paligemma_a";
    private static Path models;
    private static FolderModelRepository repository;
    private static LoadedModel ville;
    private static LoadedModel bare;

    @BeforeClass
    public static void load() throws Exception {
        models = createTempDir();
        TestModels.copy(models, "ville", FIXTURE, "{\"dtype\": \"float32\"}");
        TestModels.copy(
                models,
                "bare",
                FIXTURE,
                TestModels.PARITY_CARD.replace("{\"prompt", "{\"pooling\": \"last\", \"prompt"));
        repository = TestModels.repository(models);
        ville = repository.load("ville");
        bare = repository.load("bare");
    }

    @AfterClass
    public static void close() {
        for (LoadedModel model : new LoadedModel[] {ville, bare}) {
            if (model != null) {
                model.close();
            }
        }
        models = null;
        repository = null;
        ville = null;
        bare = null;
    }

    @Override
    protected Embedder embedder() {
        return ville.embedder();
    }

    public void testDescription() {
        assertEquals("paligemma", ville.info().family());
        assertEquals(64, ville.info().dims());
        assertEquals(4, ville.info().layer());
        assertEquals(new Sampling.Uniform(12), ville.info().sampling());
    }

    public void testEmbeddingsOfFramesAndTexts() throws Exception {
        TensorFile image = new Parity.Case(FIXTURE, "image").tensors();
        List<Content> described =
                List.of(
                        new Content.Image(image.frames("frames").get(0)),
                        new Content.Text("describe en"));
        assertVector(image.floats("embedding_last"), embed(bare, described));
        Parity.Case c = new Parity.Case(FIXTURE, "text_short");
        List<Content> text = List.of(new Content.Text(c.json().get("text").getAsString()));
        assertVector(c.tensors().floats("embedding_last"), embed(bare, text));
    }

    /** Its own states, since the embedding head is no part of the checkpoint: §3.2's mean. */
    public void testViLLEText() throws Exception {
        TensorFile text = new TensorFile(Parity.path(FIXTURE + "/kv_former/text.safetensors"));
        float[] states = text.floats("text0.states");
        float[] mean = new float[64];
        for (int i = 0; i < states.length; i++) {
            mean[i % 64] += states[i];
        }
        double norm = Math.sqrt(dot(mean, mean));
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= (float) norm;
        }
        String caption = "A chef rests under a busy street in slow motion.";
        assertVector(mean, embed(ville, List.of(new Content.Text(caption))));
    }

    public void testTheDefaultQuestionIsThatOfTheParityCase() throws Exception {
        Parity.Case c = new Parity.Case(FIXTURE, "frames4");
        String prompt = c.json().get("prompt").getAsString();
        String caption =
                prompt.substring(
                        prompt.indexOf("Caption: ") + "Caption: ".length(), prompt.indexOf('\n'));
        MatchScore score =
                ville.matcher()
                        .match(
                                List.of(new Content.Text(caption)),
                                List.of(TestModels.video(c.tensors().frames("resized_frames"))))
                        .get(0);
        assertEquals(c.tensors().floats("p_yes")[0], score.pYes(), 1e-5);
    }

    /**
     * Captions of thousands of tokens (ViLL-E §5.3): read to their end, whatever is beside them.
     */
    public void testLongTexts() throws Exception {
        String[] words = {"chef", "street", "violin", "rocket", "beach", "tree", "cat", "lamp"};
        StringBuilder story = new StringBuilder("A dog rests.");
        EmbedInput beginning = null;
        EmbedInput whole = text(story.toString());
        for (int i = 0; ville.embedder().countTokens(whole) < 3000; i++) {
            if (beginning == null && ville.embedder().countTokens(whole) >= 512) {
                beginning = whole;
            }
            // other words as it goes on
            String word = words[(i / 16) % words.length];
            story.append(" Then the ").append(word).append(" turns ").append(i % 7).append('.');
            whole = text(story.toString());
        }
        EmbedInput brief = text("A fish swims.");
        List<Embedding> together = ville.embedder().embed(List.of(brief, whole, beginning));
        assertTrue(together.get(1).tokens() >= 3000 && together.get(2).tokens() < 560);
        float[] alone = ville.embedder().embed(List.of(whole)).get(0).vector();
        assertEquals(1, dot(alone, together.get(1).vector()), 1e-6);
        float[] briefAlone = ville.embedder().embed(List.of(brief)).get(0).vector();
        assertEquals(1, dot(briefAlone, together.get(0).vector()), 1e-6);
        assertTrue(dot(alone, together.get(2).vector()) < 0.999);
    }

    private static EmbedInput text(String text) {
        return new EmbedInput(List.of(new Content.Text(text)), EmbedInput.Role.DOCUMENT, null);
    }

    public void testPicturesOfAnotherModel() throws Exception {
        Path folder = TestModels.copy(models, "size", FIXTURE, null);
        String json = Files.readString(folder.resolve("preprocessor_config.json"));
        TestModels.write(
                folder.resolve("preprocessor_config.json"),
                json.replace("\"width\": 56", "\"width\": 224"));
        ModelException e = expectThrows(ModelException.class, () -> repository.load("size"));
        assertEquals(ModelException.Kind.CHECKPOINT, e.kind());
        assertThat(
                e.getMessage(),
                containsString("[size.width] is [224], but [image_size] is [56] in [config.json]"));
    }

    public void testEmbeddingTokensAreNotForEveryFamily() throws Exception {
        TestModels.copy(models, "qwen", "qwen2_vl_b", "{\"prompt_style\": \"embed_tokens\"}");
        ModelException e = expectThrows(ModelException.class, () -> repository.describe("qwen"));
        assertThat(
                e.getMessage(),
                containsString(
                        "[prompt_style] is [embed_tokens], but [qwen2_vl] has no such tokens; use"
                                + " [chat] or [plain]"));
    }

    private static float[] embed(LoadedModel model, List<Content> parts) throws ModelException {
        EmbedInput input = new EmbedInput(parts, EmbedInput.Role.DOCUMENT, null);
        return model.embedder().embed(List.of(input)).get(0).vector();
    }

    private static void assertVector(float[] expected, float[] actual) {
        assertArrayEquals(expected, actual, 1e-5f);
    }
}
