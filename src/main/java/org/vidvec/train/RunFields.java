package org.vidvec.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads an object of a run's description and keeps what is in force, defaults included. Whatever
 * nobody asked for is refused at the end.
 */
final class RunFields {

    private final String at;
    private final JsonObject given;
    private final JsonObject inForce = new JsonObject();

    /**
     * @param at path of the object with a dot at its end; empty for the whole description
     */
    RunFields(String at, JsonObject given) {
        this.at = at;
        this.given = given;
    }

    boolean has(String field) {
        return given.has(field) && given.get(field).isJsonNull() == false;
    }

    /** What the description itself says. */
    JsonObject given() {
        return given;
    }

    /** What counts, to be written beside the run. */
    JsonObject inForce() {
        return inForce;
    }

    /**
     * A text.
     *
     * @param absent what a missing field means; null if it must be there
     */
    String text(String field, String absent) {
        JsonElement value = value(field, absent == null ? null : new JsonPrimitive(absent));
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
            return value.getAsString();
        }
        throw wrong(field, "a text");
    }

    /** One of some words. */
    String word(String field, String absent, List<String> words) {
        String word = text(field, absent);
        if (words.contains(word)) {
            return word;
        }
        throw wrong(field, "one of " + words);
    }

    /**
     * A number from {@code least} on.
     *
     * @param absent what a missing field means; null if it must be there
     */
    double number(String field, Double absent, double least) {
        JsonElement value = value(field, absent == null ? null : new JsonPrimitive(absent));
        if (value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isNumber()
                && value.getAsDouble() >= least) {
            return value.getAsDouble();
        }
        throw wrong(field, "a number from [" + least + "] on");
    }

    /** A number between 0 and below 1. */
    double part(String field, double absent) {
        double part = number(field, absent, 0);
        if (part < 1) {
            return part;
        }
        throw wrong(field, "a number from [0] to below [1]");
    }

    /** A number from 0 to 1, both included. */
    double share(String field, double absent) {
        double share = number(field, absent, 0);
        if (share <= 1) {
            return share;
        }
        throw wrong(field, "a number from [0] to [1]");
    }

    /** A whole number from {@code least} on, at most 2^31 - 1. */
    int whole(String field, Integer absent, int least) {
        JsonElement value = value(field, absent == null ? null : new JsonPrimitive(absent));
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
            double number = value.getAsDouble();
            if (number == (int) number && number >= least) {
                return (int) number;
            }
        }
        throw wrong(field, "a whole number from [" + least + "] on");
    }

    /** True or false. */
    boolean flag(String field, boolean absent) {
        JsonElement value = value(field, new JsonPrimitive(absent));
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return value.getAsBoolean();
        }
        throw wrong(field, "[true] or [false]");
    }

    /** A list of the names of some values, in small letters, at least one. */
    <E extends Enum<E>> List<E> words(String field, E[] known) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E value : known) {
            byName.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        List<String> words = texts(field);
        if (byName.keySet().containsAll(words) == false) {
            throw wrong(field, "a list of some of " + byName.keySet());
        }
        return words.stream().map(byName::get).toList();
    }

    /** A list of texts, at least one. */
    List<String> texts(String field) {
        JsonElement value = value(field, null);
        List<String> texts = new ArrayList<>();
        for (JsonElement text : value.isJsonArray() ? value.getAsJsonArray() : new JsonArray()) {
            if (text.isJsonPrimitive() && text.getAsJsonPrimitive().isString()) {
                texts.add(text.getAsString());
            }
        }
        if (texts.isEmpty() || texts.size() != value.getAsJsonArray().size()) {
            throw wrong(field, "a list of texts");
        }
        return texts;
    }

    /** Whether a field holds a list. */
    boolean isList(String field) {
        return has(field) && given.get(field).isJsonArray();
    }

    /** Whether a field holds an object. */
    boolean isObject(String field) {
        return has(field) && given.get(field).isJsonObject();
    }

    /** An object; empty if it is left out. */
    RunFields object(String field) {
        JsonElement value = has(field) ? given.get(field) : new JsonObject();
        if (value.isJsonObject() == false) {
            throw wrong(field, "an object");
        }
        RunFields fields = new RunFields(at + field + ".", value.getAsJsonObject());
        inForce.add(field, fields.inForce);
        return fields;
    }

    /** A list of objects, or one alone; at least one. */
    List<RunFields> objects(String field) {
        if (isList(field) == false) {
            return List.of(object(field));
        }
        List<RunFields> all = new ArrayList<>();
        JsonArray list = given.getAsJsonArray(field);
        JsonArray counts = new JsonArray();
        for (JsonElement element : list) {
            if (element.isJsonObject() == false) {
                throw wrong(field, "an object or a list of objects");
            }
            String path = at + field + "[" + all.size() + "].";
            RunFields fields = new RunFields(path, element.getAsJsonObject());
            all.add(fields);
            counts.add(fields.inForce);
        }
        if (all.isEmpty()) {
            throw wrong(field, "an object or a list of objects");
        }
        inForce.add(field, counts);
        return all;
    }

    /**
     * Ends the reading of this object.
     *
     * @throws IllegalArgumentException that names a field that nobody knows, and those that are
     *     known
     */
    void refuseOthers() {
        for (String field : given.keySet()) {
            if (inForce.has(field) == false) {
                throw new IllegalArgumentException(
                        "unknown field [" + at + field + "]; known here are " + inForce.keySet());
            }
        }
    }

    private JsonElement value(String field, JsonElement absent) {
        JsonElement value = has(field) ? given.get(field) : absent;
        if (value == null) {
            throw new IllegalArgumentException("[" + at + field + "] is missing");
        }
        inForce.add(field, value);
        return value;
    }

    private IllegalArgumentException wrong(String field, String expected) {
        return new IllegalArgumentException(
                "[" + at + field + "] is " + given.get(field) + "; it must be " + expected);
    }
}
