package org.vidvec.backbone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;

/**
 * What differs between the chat templates of one family's checkpoints. Templates are not run: the
 * turns are written in Java.
 */
public final class ChatTemplate {

    private static final String DEFAULT_SYSTEM = "You are a helpful assistant.";
    private static final String[] FILES = {
        "chat_template.jinja", "chat_template.json", "tokenizer_config.json"
    };

    private ChatTemplate() {}

    /**
     * The system message of a conversation that has none; empty if there is none then, as in the
     * released Qwen3-VL.
     *
     * @throws CheckpointException if a file can't be read
     */
    public static String defaultSystemMessage(Path folder) throws CheckpointException {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            try {
                if (Files.exists(file)
                        && Files.readString(file, StandardCharsets.UTF_8)
                                .contains(DEFAULT_SYSTEM)) {
                    return DEFAULT_SYSTEM;
                }
            } catch (IOException e) {
                throw new CheckpointException("can't read [" + file + "]: " + e, e);
            }
        }
        return "";
    }
}
