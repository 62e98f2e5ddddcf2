package org.vidvec.generation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/** After which tokens a checkpoint's texts end, as Hugging Face's {@code generate} decides it. */
public final class EndTokens {

    private static final String FIELD = "eos_token_id";

    private EndTokens() {}

    /**
     * {@code eos_token_id} of a folder's generation_config.json, or else of its config.json, there
     * also under {@code text_config}; none where no file has one.
     *
     * @throws CheckpointException if a file can't be read, or the field is no token id and no list
     *     of them
     */
    public static Set<Long> read(Path folder) throws CheckpointException {
        Path generation = folder.resolve("generation_config.json");
        if (Files.exists(generation)) {
            ConfigReader json = ConfigReader.open(generation);
            if (json.has(FIELD)) {
                return Set.copyOf(json.tokenIds(FIELD));
            }
        }
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        if (config.has(FIELD) == false && config.has("text_config")) {
            config = config.object("text_config");
        }
        return config.has(FIELD) ? Set.copyOf(config.tokenIds(FIELD)) : Set.of();
    }
}
