package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WholeFile;

/** JSON files of a model folder. */
final class JsonFile {

    // the largest tokenizers have 35 MB
    private static final long MAX_BYTES = 128L << 20;

    private JsonFile() {}

    /**
     * The object that a file holds.
     *
     * @throws CheckpointException if it can't be read or holds something else
     */
    static JsonObject object(Path file) throws CheckpointException {
        JsonElement json = WholeFile.json(file, MAX_BYTES);
        if (json.isJsonObject()) {
            return json.getAsJsonObject();
        }
        throw new CheckpointException("[" + file + "] must hold one JSON object; correct the file");
    }

    /**
     * A field that is true or false.
     *
     * @throws CheckpointException if it is something else
     */
    static boolean flag(JsonObject json, String field, boolean absent) throws CheckpointException {
        JsonElement value = json.get(field);
        if (value == null || value.isJsonNull()) {
            return absent;
        }
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return value.getAsBoolean();
        }
        throw new CheckpointException(
                "[" + field + "] is " + value + "; it must be [true] or [false]");
    }
}
