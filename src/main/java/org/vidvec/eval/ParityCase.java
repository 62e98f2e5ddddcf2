package org.vidvec.eval;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;

/**
 * One case of a fixture.
 *
 * @param fixture name of its folder
 * @param name of the case, after the folder of an adapter if it has one
 * @param json how it was made
 * @param tensors inputs and references
 */
record ParityCase(String fixture, String name, JsonObject json, Reference tensors) {

    /**
     * @param file the case's JSON, with its safetensors beside it
     * @param before what its name begins with
     */
    static ParityCase open(String fixture, String before, Path file) throws CheckpointException {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        Path tensors = file.resolveSibling(name + ".safetensors");
        return new ParityCase(
                fixture, before + name, JsonText.object(file), Reference.open(tensors));
    }

    int integer(String field) {
        return json.get(field).getAsInt();
    }

    /** The object with the distances of two correct implementations, for a prefix of names. */
    Bounds bounds(String prefix) {
        return new Bounds(
                switch (prefix) {
                    case "classic." -> object("classic_reference");
                    case "row0.", "left.row0.", "right.row0." -> object("row0");
                    case "row1.", "left.row1.", "right.row1." -> object("row1");
                    default -> object("reference");
                },
                json.has("lora"));
    }

    private JsonObject object(String field) {
        return json.has(field) ? json.getAsJsonObject(field) : null;
    }
}
