package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PreprocessorConfig;

/** A checkpoint's file on its pictures, which must agree with its config.json. */
final class PictureFile {

    /** Images, and videos where there is no file of their own. */
    static final String IMAGES = "preprocessor_config.json";

    /** Videos. */
    static final String VIDEOS = "video_preprocessor_config.json";

    private PictureFile() {}

    /** Whether the folder has it. */
    static boolean exists(Path folder, String name) {
        return Files.exists(folder.resolve(name));
    }

    /**
     * Reads it; without the file everything has its default.
     *
     * @param wanted what config.json says of patches
     * @throws CheckpointException if it is unusable or says otherwise
     */
    static PreprocessorConfig read(Path folder, String name, Patches wanted)
            throws CheckpointException {
        Path file = folder.resolve(name);
        JsonObject json = Files.exists(file) ? JsonFile.object(file) : new JsonObject();
        PreprocessorConfig config;
        try {
            config = PreprocessorConfig.of(json);
        } catch (IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | ClassCastException e) {
            throw new CheckpointException("[" + file + "]: " + e.getMessage(), e);
        }
        check(name, "patch_size", config.patches().patchSize(), wanted.patchSize());
        check(
                name,
                "temporal_patch_size",
                config.patches().temporalPatchSize(),
                wanted.temporalPatchSize());
        check(name, "merge_size", config.patches().mergeSize(), wanted.mergeSize());
        return config;
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
