package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;

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
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new CheckpointException(
                        "["
                                + file
                                + "] has ["
                                + Files.size(file)
                                + "] bytes, over the limit of ["
                                + MAX_BYTES
                                + "]; put the authors' own file there");
            }
            JsonElement json = JsonParser.parseString(Files.readString(file));
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (IOException e) {
            throw new CheckpointException("can't read [" + file + "]: " + e, e);
        } catch (JsonParseException e) {
            // not as the cause: Gson's may have an Error as its own
            throw new CheckpointException(
                    "[" + file + "] is not JSON: " + e.getMessage() + "; correct the file");
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
