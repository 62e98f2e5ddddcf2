package org.vidvec.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;

/** {@code tokenizer_cases.json}: texts to ids, with and without special tokens, and back. */
final class TokenizerChecks {

    static final String FILE = "tokenizer_cases.json";

    private final String fixture;
    private final Consumer<Check> checks;

    TokenizerChecks(String fixture, Consumer<Check> checks) {
        this.fixture = fixture;
        this.checks = checks;
    }

    void run(NativeLibraries natives, Path folder) throws CheckpointException {
        if (Files.exists(folder.resolve(FILE)) == false) {
            return;
        }
        JsonObject json = JsonText.object(folder.resolve(FILE));
        Path file = folder.resolve("checkpoint").resolve("tokenizer.json");
        try (Tokenizer tokenizer = Tokenizer.load(natives, file)) {
            for (JsonElement element : json.getAsJsonArray("cases")) {
                run(tokenizer, element.getAsJsonObject());
            }
        } catch (NativeLibraryException | EngineException e) {
            add("(all)", false, e.getMessage());
        }
    }

    private void run(Tokenizer tokenizer, JsonObject c) throws EngineException {
        String text = c.get("text").getAsString();
        long[] ids = longs(c, "ids");
        add("ids of [" + text + "]", ids, tokenizer.encode(text, false));
        add(
                "ids_with_special of [" + text + "]",
                longs(c, "ids_with_special"),
                tokenizer.encode(text, true));
        String decoded = tokenizer.decode(ids, false);
        boolean same = decoded.equals(c.get("decoded").getAsString());
        add("decoded of [" + text + "]", same, same ? "" : "it is [" + decoded + "]");
    }

    private void add(String name, long[] expected, long[] actual) {
        boolean same = Arrays.equals(expected, actual);
        String wrong = Arrays.toString(actual) + ", not " + Arrays.toString(expected);
        add(name, same, same ? "" : wrong);
    }

    private void add(String name, boolean same, String reason) {
        checks.accept(Exact.check(fixture, "tokenizer", name, same, reason));
    }

    private static long[] longs(JsonObject json, String field) {
        return json.getAsJsonArray(field).asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }
}
