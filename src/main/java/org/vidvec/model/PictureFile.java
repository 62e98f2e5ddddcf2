package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.vidvec.engine.CheckpointException;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PreprocessorConfig;

/**
 * What a checkpoint's files say of its pictures, which must agree with its config.json. Like
 * transformers: first what version 5 nests in {@code processor_config.json}, then a file of its
 * own.
 */
enum PictureFile {
    /** Images. */
    IMAGES("image_processor", "preprocessor_config.json"),
    /** Videos; where there is no file of their own, images and videos share one. */
    VIDEOS("video_processor", "video_preprocessor_config.json", "preprocessor_config.json");

    /** Names and sizes of all processors, since transformers 5. */
    static final String NESTED = "processor_config.json";

    private final String field;
    private final List<String> files;

    PictureFile(String field, String... files) {
        this.field = field;
        this.files = List.of(files);
    }

    /**
     * What a folder says; empty if it says nothing.
     *
     * @throws CheckpointException if the file that says it is unusable
     */
    JsonObject json(Path folder) throws CheckpointException {
        JsonObject nested = nested(folder);
        if (nested != null) {
            return nested;
        }
        Path file = folder.resolve(source(folder));
        return Files.exists(file) ? JsonFile.object(file) : new JsonObject();
    }

    /** Null if there is none. */
    private JsonObject nested(Path folder) throws CheckpointException {
        Path file = folder.resolve(NESTED);
        JsonElement nested = Files.exists(file) ? JsonFile.object(file).get(field) : null;
        return nested != null && nested.isJsonObject() ? nested.getAsJsonObject() : null;
    }

    /** The name of the file that says it, or would. */
    private String source(Path folder) throws CheckpointException {
        if (nested(folder) != null) {
            return NESTED;
        }
        return files.stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .findFirst()
                .orElse(files.get(0));
    }

    /**
     * Reads it; what is not said has its default.
     *
     * @param wanted what config.json says of patches
     * @throws CheckpointException if it is unusable or says otherwise
     */
    PreprocessorConfig read(Path folder, Patches wanted) throws CheckpointException {
        JsonObject json = json(folder);
        PreprocessorConfig config = usable(folder, () -> PreprocessorConfig.of(json));
        Patches own = config.patches();
        String file = source(folder);
        check(file, "patch_size", own.patchSize(), wanted.patchSize());
        check(file, "temporal_patch_size", own.temporalPatchSize(), wanted.temporalPatchSize());
        check(file, "merge_size", own.mergeSize(), wanted.mergeSize());
        return config;
    }

    /**
     * What is made of a folder's JSON, whose faults are the checkpoint's.
     *
     * @throws CheckpointException if a value is of another kind or not offered
     */
    <T> T usable(Path folder, Supplier<T> made) throws CheckpointException {
        try {
            return made.get();
        } catch (IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | ClassCastException e) {
            throw new CheckpointException(
                    "[" + folder.resolve(source(folder)) + "]: " + e.getMessage(), e);
        }
    }

    private static void check(String file, String field, int own, int wanted)
            throws CheckpointException {
        if (own != wanted) {
            throw new CheckpointException(
                    "["
                            + field
                            + "] is ["
                            + own
                            + "] in ["
                            + file
                            + "], but ["
                            + wanted
                            + "] in [config.json]; take both files from one checkpoint");
        }
    }
}
