package org.vidvec.engine;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;

/** Against Hugging Face's tokenizers on the fixtures' files, and what can go wrong. */
public class TokenizerTests extends ESTestCase {

    private Tokenizer load(Path file) throws Exception {
        return Tokenizer.load(NativeLibraries.fromSystemProperty(), file);
    }

    private Path fixture() {
        return getDataPath("/parity/qwen2_vl_a/checkpoint/tokenizer.json");
    }

    public void testIdsOfSingleTokens() throws Exception {
        try (Tokenizer tokenizer = load(fixture())) {
            assertEquals(OptionalLong.of(1112), tokenizer.id("<|image_pad|>"));
            assertEquals(OptionalLong.of(1102), tokenizer.id("<|im_end|>"));
            assertEquals(OptionalLong.of(522), tokenizer.id("Yes"));
            assertEquals(OptionalLong.of(521), tokenizer.id("No"));
            assertEquals(OptionalLong.empty(), tokenizer.id("Yes and No"));
            assertEquals(OptionalLong.empty(), tokenizer.id(""));
        }
    }

    public void testReferenceCases() throws Exception {
        for (String fixture : List.of("qwen2_vl_a", "qwen2_vl_b")) {
            Path folder = getDataPath("/parity/" + fixture);
            String json = Files.readString(folder.resolve("tokenizer_cases.json"));
            JsonArray cases =
                    JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cases");
            assertFalse(cases.isEmpty());
            try (Tokenizer tokenizer = load(folder.resolve("checkpoint/tokenizer.json"))) {
                for (JsonElement element : cases) {
                    JsonObject c = element.getAsJsonObject();
                    String text = c.get("text").getAsString();
                    long[] ids = longs(c, "ids");
                    assertArrayEquals(text, ids, tokenizer.encode(text, false));
                    assertArrayEquals(
                            text, longs(c, "ids_with_special"), tokenizer.encode(text, true));
                    assertEquals(c.get("decoded").getAsString(), tokenizer.decode(ids, false));
                }
            }
        }
    }

    private static long[] longs(JsonObject json, String field) {
        return json.getAsJsonArray(field).asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }

    public void testSpecialTokensCanBeLeftOut() throws Exception {
        try (Tokenizer tokenizer = load(fixture())) {
            long[] ids = tokenizer.encode("<|im_start|>Yes<|im_end|>", false);
            assertArrayEquals(new long[] {1101, 522, 1102}, ids);
            assertEquals("Yes", tokenizer.decode(ids, true));
            assertEquals("<|im_start|>Yes<|im_end|>", tokenizer.decode(ids, false));
        }
    }

    public void testLongTextsAreNotCut() throws Exception {
        try (Tokenizer tokenizer = load(fixture())) {
            String text = "<|im_start|>".repeat(3000);
            assertEquals(3000, tokenizer.encode(text, true).length);
        }
    }

    public void testClosedTokenizer() throws Exception {
        Tokenizer tokenizer = load(fixture());
        tokenizer.close();
        tokenizer.close();
        EngineException e = expectThrows(EngineException.class, () -> tokenizer.encode("x", false));
        assertThat(e.getMessage(), containsString("tokenizer.json] is closed; load it again"));
    }

    public void testBadFiles() throws Exception {
        Path missing = createTempDir().resolve("tokenizer.json");
        CheckpointException none =
                expectThrows(CheckpointException.class, () -> load(missing).close());
        assertThat(none.getMessage(), containsString("can't read [" + missing));
        Path broken = createTempDir().resolve("tokenizer.json");
        Files.write(broken, "{\"version\": ".getBytes(StandardCharsets.UTF_8));
        EngineException bad = expectThrows(EngineException.class, () -> load(broken).close());
        assertThat(bad.getMessage(), containsString("failed to load tokenizer [" + broken));
        assertNull(bad.getCause());
    }
}
