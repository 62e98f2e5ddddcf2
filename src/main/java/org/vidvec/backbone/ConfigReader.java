package org.vidvec.backbone;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WholeFile;

/** Fields of a checkpoint's JSON file; whatever is missing or odd is named by its path. */
public final class ConfigReader {

    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_LAYERS = 1000;
    private static final int MAX_SIZE = 1 << 24;

    private final Path file;
    private final String at;
    private final JsonObject json;

    private ConfigReader(Path file, String at, JsonObject json) {
        this.file = file;
        this.at = at;
        this.json = json;
    }

    /**
     * @throws CheckpointException if the file can't be read or is not a JSON object
     */
    public static ConfigReader open(Path file) throws CheckpointException {
        JsonElement json = WholeFile.json(file, MAX_BYTES);
        if (json.isJsonObject()) {
            return new ConfigReader(file, "", json.getAsJsonObject());
        }
        throw new CheckpointException("[" + file + "] is not a JSON object");
    }

    /** Whether a field is there and not null. */
    public boolean has(String field) {
        return json.has(field) && json.get(field).isJsonNull() == false;
    }

    /** Whatever is in a field that {@link #has} a value. */
    JsonElement value(String field) {
        return json.get(field);
    }

    /**
     * The object in a field.
     *
     * @throws CheckpointException if it is missing or no object
     */
    public ConfigReader object(String field) throws CheckpointException {
        JsonElement value = required(field);
        if (value.isJsonObject()) {
            return new ConfigReader(file, at + field + ".", value.getAsJsonObject());
        }
        throw wrong(field, "an object");
    }

    /**
     * A positive integer.
     *
     * @throws CheckpointException if it is missing or something else
     */
    public int positive(String field) throws CheckpointException {
        int value = (int) number(field);
        if (value < 1 || value > MAX_SIZE || value != number(field)) {
            throw wrong(field, "a positive integer of at most [" + MAX_SIZE + "]");
        }
        return value;
    }

    /**
     * A number of layers, each of which will have weights of its own.
     *
     * @throws CheckpointException if it is missing or not one from 1 to 1000
     */
    public int layers(String field) throws CheckpointException {
        if (number(field) > MAX_LAYERS) {
            throw wrong(field, "a number of layers of at most [" + MAX_LAYERS + "]");
        }
        return positive(field);
    }

    /** A number of layers, or the default if the field is missing. */
    public int layers(String field, int absent) throws CheckpointException {
        return has(field) ? layers(field) : absent;
    }

    /** A positive integer, or the default if the field is missing. */
    public int positive(String field, int absent) throws CheckpointException {
        return has(field) ? positive(field) : absent;
    }

    /**
     * A token id.
     *
     * @throws CheckpointException if it is missing or not an integer from 0 on
     */
    public long tokenId(String field) throws CheckpointException {
        long value = (long) number(field);
        if (value < 0 || value != number(field)) {
            throw wrong(field, "a token id");
        }
        return value;
    }

    /**
     * A number.
     *
     * @throws CheckpointException if it is missing or something else
     */
    public double number(String field) throws CheckpointException {
        JsonElement value = required(field);
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
            return value.getAsDouble();
        }
        throw wrong(field, "a number");
    }

    /**
     * Token ids, given as one number or a list of them.
     *
     * @throws CheckpointException if it is missing or something else
     */
    public List<Long> tokenIds(String field) throws CheckpointException {
        if (required(field).isJsonArray() == false) {
            return List.of(tokenId(field));
        }
        return counts(field).stream().map(Integer::longValue).toList();
    }

    /** A number, or the default if the field is missing. */
    public double number(String field, double absent) throws CheckpointException {
        return has(field) ? number(field) : absent;
    }

    /** A boolean, or the default if the field is missing. */
    public boolean flag(String field, boolean absent) throws CheckpointException {
        if (has(field) == false) {
            return absent;
        }
        JsonElement value = json.get(field);
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return value.getAsBoolean();
        }
        throw wrong(field, "true or false");
    }

    /**
     * A text.
     *
     * @throws CheckpointException if it is missing or something else
     */
    public String text(String field) throws CheckpointException {
        JsonElement value = required(field);
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
            return value.getAsString();
        }
        throw wrong(field, "a text");
    }

    /**
     * A list of positive integers.
     *
     * @throws CheckpointException if it is missing or something else
     */
    public List<Integer> positives(String field) throws CheckpointException {
        return integers(field, 1, "a list of positive integers");
    }

    /**
     * A list of integers from 0 on.
     *
     * @throws CheckpointException if it is missing or something else
     */
    public List<Integer> counts(String field) throws CheckpointException {
        return integers(field, 0, "a list of integers from 0 on");
    }

    private List<Integer> integers(String field, int least, String expected)
            throws CheckpointException {
        JsonElement value = required(field);
        try {
            List<Integer> list =
                    value.getAsJsonArray().asList().stream().map(JsonElement::getAsInt).toList();
            if (list.stream().allMatch(n -> n >= least)) {
                return list;
            }
        } catch (IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw wrong(field, expected);
        }
        throw wrong(field, expected);
    }

    /**
     * Refuses a value that this code does not know how to run.
     *
     * @param absent what a missing field means
     * @throws CheckpointException if it is none of {@code supported}
     */
    public void requireOneOf(String field, String absent, List<String> supported)
            throws CheckpointException {
        if (has(field) && json.get(field).isJsonPrimitive() == false) {
            throw wrong(field, "one of " + supported);
        }
        String value = has(field) ? json.get(field).getAsString() : absent;
        if (supported.contains(value) == false) {
            throw new CheckpointException(
                    "field ["
                            + at
                            + field
                            + "] of ["
                            + file
                            + "] is ["
                            + value
                            + "]; supported is "
                            + supported);
        }
    }

    /** A refusal that names a field and what it must be. */
    public CheckpointException wrong(String field, String expected) {
        return new CheckpointException(
                "field ["
                        + at
                        + field
                        + "] of ["
                        + file
                        + "] is "
                        + json.get(field)
                        + "; it must be "
                        + expected);
    }

    private JsonElement required(String field) throws CheckpointException {
        if (has(field) == false) {
            throw new CheckpointException(
                    "["
                            + file
                            + "] has no field ["
                            + at
                            + field
                            + "]; is it the config of another family?");
        }
        return json.get(field);
    }
}
