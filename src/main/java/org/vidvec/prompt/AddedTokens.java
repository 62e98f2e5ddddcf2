package org.vidvec.prompt;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The texts that a tokenizer turns into one token wherever they stand. */
public final class AddedTokens {

    private AddedTokens() {}

    /**
     * Reads them from a tokenizer file.
     *
     * @param tokenizer {@code tokenizer.json}
     */
    public static List<String> of(JsonObject tokenizer) {
        List<String> texts = new ArrayList<>();
        if (tokenizer.has("added_tokens")) {
            for (JsonElement token : tokenizer.getAsJsonArray("added_tokens")) {
                String text = token.getAsJsonObject().get("content").getAsString();
                // of a single character there is nothing to cut
                if (text.length() > 1) {
                    texts.add(text);
                }
            }
        }
        return List.copyOf(texts);
    }
}
