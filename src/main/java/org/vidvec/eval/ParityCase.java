package org.vidvec.eval;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern ROW = Pattern.compile("(?:left\\.|right\\.)?(row\\d+)\\.");

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

    boolean has(String field) {
        return CasePrompt.has(json, field);
    }

    int integer(String field) {
        return json.get(field).getAsInt();
    }

    /** The object with the distances of two correct implementations, for a prefix of names. */
    Bounds bounds(String prefix) {
        Matcher row = ROW.matcher(prefix);
        String field = prefix.equals("classic.") ? "classic_reference" : "reference";
        return new Bounds(object(row.matches() ? row.group(1) : field), has("lora"));
    }

    private JsonObject object(String field) {
        return has(field) ? json.getAsJsonObject(field) : null;
    }
}
