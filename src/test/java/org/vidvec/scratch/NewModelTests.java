package org.vidvec.scratch;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Tokenizer;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;

/** Models that know nothing yet, and their tokenizer. */
public class NewModelTests extends ESTestCase {

    private static final ModelShape SMALL =
            new ModelShape(64, 2, 2, 1, 96, new ModelShape.Vision(1, 32, 2), 1000);

    /** What Hugging Face's trainer learns from the same words: bpe.py beside the file. */
    public void testMergesAreThoseOfHuggingFace() throws Exception {
        JsonObject expected;
        try (InputStream stream = getClass().getResourceAsStream("/scratch/bpe.json")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            expected = JsonParser.parseString(text).getAsJsonObject();
        }
        Map<String, Long> counts = new HashMap<>();
        expected.getAsJsonObject("words")
                .asMap()
                .forEach((word, count) -> counts.put(word, count.getAsLong()));
        Bpe bpe = BpeTrainer.train(counts, expected.get("vocabulary").getAsInt());
        List<Bpe.Merge> merges = new ArrayList<>();
        for (JsonElement merge : expected.getAsJsonArray("merges")) {
            JsonArray pair = merge.getAsJsonArray();
            merges.add(new Bpe.Merge(pair.get(0).getAsString(), pair.get(1).getAsString()));
        }
        assertEquals(merges, bpe.merges());
        List<String> tokens = new ArrayList<>();
        expected.getAsJsonArray("tokens").forEach(token -> tokens.add(token.getAsString()));
        assertEquals(tokens, bpe.tokens());
    }

    public void testTheTokenizerKnowsTheWorldAndAllBytes() throws Exception {
        Path folder = createTempDir().resolve("new");
        new NewModel(SMALL, 1).write(folder);
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        try (Tokenizer tokenizer = Tokenizer.load(natives, folder.resolve("tokenizer.json"))) {
            for (String word :
                    List.of("Yes", "No", "red", " red", " star", " spins", "<|im_end|>")) {
                assertEquals(word, 1, tokenizer.encode(word, false).length);
            }
            String strange = "naïve 日本 🙂\n\tWETTER 1234567";
            assertEquals(strange, tokenizer.decode(tokenizer.encode(strange, false), true));
            assertEquals(8, tokenizer.encode("a large red star moves up and left", false).length);
        }
        assertTrue(Files.readString(folder.resolve("merges.txt")).startsWith("#version"));
    }

    /** Words of one's own are tokens, those of the world are spelled. */
    public void testTokensOfOnesOwnTexts() throws Exception {
        Path texts = createTempDir().resolve("texts.txt");
        Files.write(texts, Collections.nCopies(50, "a zebra crosses the boulevard"));
        Path folder = texts.resolveSibling("new");
        new NewModel(SMALL, new Vocabulary.Texts(texts), 1).write(folder);
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        try (Tokenizer tokenizer = Tokenizer.load(natives, folder.resolve("tokenizer.json"))) {
            for (String word : List.of("Yes", "No", " zebra", " boulevard")) {
                assertEquals(word, 1, tokenizer.encode(word, false).length);
            }
            String other = " triangle spins 日本";
            assertTrue(tokenizer.encode(other, false).length > 5);
            assertEquals(other, tokenizer.decode(tokenizer.encode(other, false), true));
        }
        Files.writeString(texts, "\n");
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new NewModel(SMALL, new Vocabulary.Texts(texts), 1).write(folder));
        assertThat(e.getMessage(), containsString("[model.new.texts], ["));
        Path gone = texts.resolveSibling("gone.txt");
        IllegalArgumentException none =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new NewModel(SMALL, new Vocabulary.Texts(gone), 1).write(folder));
        assertThat(none.getMessage(), containsString("can't read [model.new.texts], ["));
    }

    public void testANewModelIsReadLikeAnyOther() throws Exception {
        Path folder = createTempDir().resolve("new");
        new NewModel(SMALL, 1).write(folder);
        try (TrainableModel model =
                TrainableModel.open(NativeLibraries.fromSystemProperty(), folder, 1)) {
            assertEquals(2, model.network().layers());
            assertEquals(64, model.network().hiddenSize());
            Content text = new Content.Text("a red star");
            int length =
                    model.prepare(new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null))
                            .length();
            assertTrue("[" + length + "]", length > 15 && length < 40);
            assertNotEquals(model.yesAndNo()[0], model.yesAndNo()[1]);
        }
        // transformers' processors look for it there
        assertEquals(template(folder, "tokenizer_config"), template(folder, "chat_template"));
    }

    private static String template(Path folder, String file) throws IOException {
        String text = Files.readString(folder.resolve(file + ".json"));
        return JsonParser.parseString(text).getAsJsonObject().get("chat_template").getAsString();
    }

    public void testTheSameSeedGivesTheSameBytes() throws Exception {
        Path folder = createTempDir();
        for (String name : List.of("one", "two")) {
            new NewModel(SMALL, 1).write(folder.resolve(name));
        }
        new NewModel(SMALL, 2).write(folder.resolve("other"));
        for (String file : List.of("model.safetensors", "tokenizer.json", "config.json")) {
            Path one = folder.resolve("one").resolve(file);
            assertEquals(file, -1, Files.mismatch(one, folder.resolve("two").resolve(file)));
        }
        assertNotEquals(
                -1,
                Files.mismatch(
                        folder.resolve("one/model.safetensors"),
                        folder.resolve("other/model.safetensors")));
    }

    public void testSizesThatDoNotFit() {
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () ->
                                new ModelShape(
                                        60, 2, 8, 1, 96, new ModelShape.Vision(1, 32, 2), 1000));
        assertThat(e.getMessage(), containsString("[hidden_size] is [60]; it must be a multiple"));
    }
}
