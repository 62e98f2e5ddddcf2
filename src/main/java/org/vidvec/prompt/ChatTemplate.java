package org.vidvec.prompt;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WholeFile;

/**
 * What differs between the chat templates of one family's checkpoints. Templates are not run: the
 * turns are written in Java.
 */
public final class ChatTemplate {

    private static final String FIELD = "chat_template";
    private static final String DEFAULT = "default";
    private static final String JINJA = "chat_template.jinja";
    // the order of HF ProcessorMixin, then the tokenizer's own
    private static final String[] FILES = {"chat_template.json", JINJA, "tokenizer_config.json"};
    private static final long MAX_BYTES = 16L << 20;

    private ChatTemplate() {}

    /**
     * The system message of a conversation that has none; empty if there is none then, as in the
     * released Qwen3-VL.
     *
     * @param absent where the folder has no chat template
     * @throws CheckpointException if a file can't be read, or what the template writes can't be
     *     told without running it
     */
    public static String defaultSystemMessage(Path folder, String absent)
            throws CheckpointException {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            Optional<String> template = Files.exists(file) ? read(file) : Optional.empty();
            if (template.isPresent()) {
                return TemplateOpening.systemMessage(template.get())
                        .orElseThrow(
                                () ->
                                        new CheckpointException(
                                                "the chat template in ["
                                                        + file
                                                        + "] makes its system message from what is"
                                                        + " known only when it is run, which is"
                                                        + " never done; write the message there as"
                                                        + " plain text"));
            }
        }
        return absent;
    }

    private static Optional<String> read(Path file) throws CheckpointException {
        return file.endsWith(JINJA)
                ? Optional.of(WholeFile.text(file, MAX_BYTES))
                : named(WholeFile.json(file, MAX_BYTES));
    }

    /** The template, or of several the default one. */
    private static Optional<String> named(JsonElement json) {
        JsonElement template = json.isJsonObject() ? json.getAsJsonObject().get(FIELD) : null;
        if (template instanceof JsonArray several) {
            for (JsonElement element : several) {
                if (element instanceof JsonObject one && DEFAULT.equals(text(one.get("name")))) {
                    return Optional.ofNullable(text(one.get("template")));
                }
            }
        }
        return Optional.ofNullable(text(template));
    }

    private static String text(JsonElement json) {
        return json != null && json.isJsonPrimitive() ? json.getAsString() : null;
    }
}
