package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Tokenizer;
import org.vidvec.eval.Check;
import org.vidvec.eval.ParityRun;
import org.vidvec.media.Frame;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/** Qwen's text decoders, and the embedders and rerankers made of them and of Qwen3-VL. */
public class QwenRetrievalTests extends ESTestCase {

    private static final List<String> TEXT_FIXTURES = List.of("qwen2_text_a", "qwen3_text_a");

    private final Content image = new Content.Image(new Frame(0, 64, 64, new byte[64 * 64 * 3]));

    /** Released names and flat config; those of the bare model. */
    public void testStatesEqualTheReference() throws Exception {
        for (String fixture : TEXT_FIXTURES) {
            List<Check> checks = new ArrayList<>();
            new ParityRun(NativeLibraries.fromSystemProperty(), 1, checks::add)
                    .run(Parity.path(fixture));
            checks.forEach(c -> assertNotEquals(c + "", Check.Outcome.FAILED, c.outcome()));
            assertTrue(
                    fixture,
                    checks.stream().filter(c -> c.outcome() == Check.Outcome.PASSED).count() > 60);
        }
    }

    /**
     * Last token after "Instruct: ...", the tokenizer's own end; P(yes) after a judge's question.
     */
    public void testVectorsAndScoresOfTheReleasedUsage() throws Exception {
        Path models = createTempDir();
        JsonObject facts = Parity.json("qwen3_text_a/cards.json");
        TestModels.copy(models, "m", "qwen3_text_a", card(facts));
        try (LoadedModel model = TestModels.repository(models).load("m")) {
            for (JsonElement element : facts.getAsJsonArray("embed")) {
                JsonObject c = element.getAsJsonObject();
                EmbedInput.Role role =
                        c.get("role").getAsString().equals("query")
                                ? EmbedInput.Role.QUERY
                                : EmbedInput.Role.DOCUMENT;
                Content text = new Content.Text(c.get("text").getAsString());
                Embedding embedding =
                        model.embedder()
                                .embed(List.of(new EmbedInput(List.of(text), role, null)))
                                .get(0);
                assertEquals(c.getAsJsonArray("ids").size(), embedding.tokens());
                float[] expected = new float[embedding.vector().length];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = c.getAsJsonArray("embedding").get(i).getAsFloat();
                }
                assertArrayEquals(expected, embedding.vector(), 1e-5f);
            }
            JsonObject match = facts.getAsJsonObject("match");
            List<Content> query = List.of(new Content.Text(match.get("query").getAsString()));
            Content document = new Content.Text(match.get("document").getAsString());
            MatchScore score = model.matcher().match(query, List.of(document)).get(0);
            assertEquals(match.get("p_yes").getAsDouble(), score.pYes(), 1e-5);
        }
    }

    /**
     * The fixture's tokenizer has neither "yes" nor "no" as one token; their first ones stand in.
     */
    private static String card(JsonObject facts) throws Exception {
        JsonObject match = facts.getAsJsonObject("match");
        Path file = Parity.path("qwen3_text_a/checkpoint/tokenizer.json");
        try (Tokenizer tokenizer = Tokenizer.load(NativeLibraries.fromSystemProperty(), file)) {
            String yes = tokenizer.decode(new long[] {match.get("yes_token").getAsLong()}, false);
            String no = tokenizer.decode(new long[] {match.get("no_token").getAsLong()}, false);
            return "{\"dtype\": \"float32\", \"match\": {\"yes\": [\""
                    + yes
                    + "\"], \"no\": [\""
                    + no
                    + "\"]}}";
        }
    }

    public void testPicturesAreRefused() throws Exception {
        Path models = createTempDir();
        String card = "{\"match\": {\"yes\": [\"Yes\"], \"no\": [\"No\"]}}";
        for (String fixture : TEXT_FIXTURES) {
            TestModels.copy(models, fixture, fixture, card);
            try (LoadedModel model = TestModels.repository(models).load(fixture)) {
                EmbedInput input = new EmbedInput(List.of(image), EmbedInput.Role.DOCUMENT, null);
                ModelException e =
                        expectThrows(
                                ModelException.class, () -> model.embedder().embed(List.of(input)));
                assertEquals(ModelException.Kind.INPUT, e.kind());
                assertThat(
                        e.getMessage(),
                        containsString(
                                "the model reads text alone and takes no input of type [image]"));
            }
        }
    }

    public void testAttentionInBothDirectionsIsRefused() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "m", "qwen2_text_a", null);
        String config = Files.readString(folder.resolve("config.json"));
        TestModels.write(
                folder.resolve("config.json"),
                config.replaceFirst("\\{", "{\"is_causal\": false,"));
        ModelException e =
                expectThrows(
                        ModelException.class, () -> TestModels.repository(models).describe("m"));
        assertThat(e.getMessage(), containsString("field [is_causal]"));
    }

    /** What the released script's chat template makes of an instruction and a text or a picture. */
    public void testQwen3VlEmbeddingPrompts() throws Exception {
        ModelCard card = QwenRetrievalCards.of(folder("scripts/qwen3_vl_embedding.py", ""));
        assertEquals(
                "<|im_start|>system\nRepresent the user's input.<|im_end|>\n"
                        + "<|im_start|>user\na dog<|im_end|>\n<|im_start|>assistant\n<|endoftext|>",
                embedPrompt(card, new Content.Text("a dog"), null));
        assertEquals(
                "<|im_start|>system\nFind the clip.<|im_end|>\n"
                        + "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|><|im_end|>\n"
                        + "<|im_start|>assistant\n<|endoftext|>",
                embedPrompt(card, image, " Find the clip "));
    }

    public void testQwen3VlRerankerPrompts() throws Exception {
        String before =
                "<|im_start|>system\nJudge whether the Document meets the requirements based on the"
                        + " Query and the Instruct provided. Note that the answer can only be"
                        + " \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n<Instruct>: Given a search"
                        + " query, retrieve relevant candidates that answer the query.<Query>:";
        String after = "<|im_end|>\n<|im_start|>assistant\n";
        ModelCard card =
                QwenRetrievalCards.of(folder("README.md", "---\n---\n\n# Qwen3-VL-Reranker-2B\n"));
        Content dog = new Content.Text("a dog");
        assertEquals(
                before + "a dog\n<Document>:<|vision_start|><|image_pad|><|vision_end|>" + after,
                matchPrompt(card, dog, image));
        assertEquals(
                before + "<|vision_start|><|image_pad|><|vision_end|>\n<Document>:a dog" + after,
                matchPrompt(card, image, dog));
        assertEquals(List.of("yes"), card.match().yes());
        assertEquals(List.of("no"), card.match().no());
    }

    public void testOtherQwen3VlFoldersKeepTheirCard() throws Exception {
        assertSame(ModelCard.ONE_WORD, QwenRetrievalCards.of(createTempDir()));
        assertSame(
                ModelCard.ONE_WORD,
                QwenRetrievalCards.of(
                        folder("README.md", "# Qwen3-VL-2B-Instruct\nFor Embedding.")));
        assertSame(
                QwenRetrievalCards.EMBEDDING,
                QwenRetrievalCards.of(folder("1_Pooling/config.json", "{}")));
        assertSame(
                QwenRetrievalCards.RERANKER,
                QwenRetrievalCards.of(folder("1_LogitScore/config.json", "{}")));
    }

    private static Path folder(String file, String text) throws Exception {
        Path path = createTempDir().resolve(file);
        Files.createDirectories(path.getParent());
        TestModels.write(path, text);
        return file.contains("/") ? path.getParent().getParent() : path.getParent();
    }

    private String embedPrompt(ModelCard card, Content part, String instruction) throws Exception {
        EmbedInput input = new EmbedInput(List.of(part), EmbedInput.Role.DOCUMENT, instruction);
        return prompt(card, new PromptComposer(card).embed(input), card.style());
    }

    private String matchPrompt(ModelCard card, Content query, Content candidate) throws Exception {
        List<PromptPart> parts = new PromptComposer(card).match(List.of(query), candidate);
        return prompt(card, parts, PromptStyle.CHAT);
    }

    /** Through the tokens of a tokenizer that ends texts as the released one does. */
    private String prompt(ModelCard card, List<PromptPart> parts, PromptStyle style)
            throws Exception {
        Path folder = TestModels.copy(createTempDir(), "m", "qwen3_vl_b", null);
        Files.write(
                folder.resolve("tokenizer.json"),
                Files.readAllBytes(Parity.path("qwen3_text_a/checkpoint/tokenizer.json")));
        Path file = folder.resolve("tokenizer.json");
        try (Tokenizer tokenizer = Tokenizer.load(NativeLibraries.fromSystemProperty(), file)) {
            PromptProcessor processor = new Qwen3VlFamily().processor(folder, tokenizer, card);
            PreparedSequence sequence = processor.prepare(parts, style);
            String text = tokenizer.decode(sequence.ids(), false);
            return text.replaceAll("(<\\|image_pad\\|>)+", "<|image_pad|>");
        }
    }
}
