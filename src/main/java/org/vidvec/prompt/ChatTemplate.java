package org.vidvec.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.engine.CheckpointException;

/**
 * What differs between the chat templates of one family's checkpoints. Templates are not run: the
 * turns are written in Java.
 */
public final class ChatTemplate {

    // a text that holds another stands before it: Qwen2.5, then Qwen2 and its vision models
    private static final List<String> DEFAULT_SYSTEMS =
            List.of(
                    "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.",
                    "You are a helpful assistant.");
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
                String text = Files.exists(file) ? Files.readString(file) : "";
                for (String system : DEFAULT_SYSTEMS) {
                    if (text.contains(system)) {
                        return system;
                    }
                }
            } catch (IOException e) {
                throw new CheckpointException("can't read [" + file + "]: " + e, e);
            }
        }
        return "";
    }
}
