package org.vidvec.scratch;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A BPE with Qwen2-VL's special tokens as the files of a Qwen2 tokenizer: tokenizer.json, and
 * vocab.json and merges.txt as older programs read them.
 */
final class TokenizerFiles {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Bpe bpe;

    TokenizerFiles(Bpe bpe) {
        this.bpe = bpe;
    }

    /** Tokens in all, special ones among them. */
    int size() {
        return bpe.tokens().size() + SpecialTokens.ALL.size();
    }

    /** Id of a special token. */
    int id(String special) {
        return bpe.tokens().size() + SpecialTokens.ALL.indexOf(special);
    }

    /**
     * @throws IOException if they can't be written
     */
    void write(Path folder) throws IOException {
        JsonObject file = ScratchFile.read("tokenizer.json");
        file.add("added_tokens", added());
        JsonObject split =
                file.getAsJsonObject("pre_tokenizer")
                        .getAsJsonArray("pretokenizers")
                        .get(0)
                        .getAsJsonObject();
        split.getAsJsonObject("pattern").addProperty("Regex", WordCounts.WORDS);
        JsonObject model = file.getAsJsonObject("model");
        model.add("vocab", vocabulary());
        model.add("merges", merges());
        Files.writeString(folder.resolve("tokenizer.json"), GSON.toJson(file) + "\n");
        Files.writeString(folder.resolve("vocab.json"), GSON.toJson(vocabulary()) + "\n");
        List<String> lines = new ArrayList<>(List.of("#version: 0.2"));
        bpe.merges().forEach(merge -> lines.add(merge.left() + " " + merge.right()));
        Files.write(folder.resolve("merges.txt"), lines);
    }

    private JsonObject vocabulary() {
        JsonObject vocabulary = new JsonObject();
        for (int i = 0; i < bpe.tokens().size(); i++) {
            vocabulary.addProperty(bpe.tokens().get(i), i);
        }
        return vocabulary;
    }

    private JsonArray merges() {
        JsonArray merges = new JsonArray();
        for (Bpe.Merge merge : bpe.merges()) {
            JsonArray pair = new JsonArray();
            pair.add(merge.left());
            pair.add(merge.right());
            merges.add(pair);
        }
        return merges;
    }

    private JsonArray added() {
        JsonArray added = new JsonArray();
        for (String token : SpecialTokens.ALL) {
            JsonObject entry = new JsonObject();
            entry.addProperty("id", id(token));
            entry.addProperty("content", token);
            for (String no : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                entry.addProperty(no, false);
            }
            entry.addProperty("special", true);
            added.add(entry);
        }
        return added;
    }
}
