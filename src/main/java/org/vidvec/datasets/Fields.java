package org.vidvec.datasets;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Fields of a JSON object; what is missing or of another kind is refused by name. */
record Fields(JsonObject json) {

    /** A day, in seconds. */
    private static final int LONGEST = 86_400;

    /**
     * @throws IllegalArgumentException if it is no object
     */
    static Fields of(JsonElement element) {
        if (element == null || element.isJsonObject() == false) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        return new Fields(element.getAsJsonObject());
    }

    boolean has(String field) {
        return json.has(field) && json.get(field).isJsonNull() == false;
    }

    /** The first of some fields that is there; null for none. */
    String which(String... fields) {
        for (String field : fields) {
            if (has(field)) {
                return field;
            }
        }
        return null;
    }

    /** A text; a number is taken as it is written. */
    String text(String field) {
        JsonElement value = need(field);
        if (value.isJsonPrimitive() == false || value.getAsString().isBlank()) {
            throw wrong(field, "a text that is not empty");
        }
        return value.getAsString().strip();
    }

    /** A text, or what stands for a missing one. */
    String text(String field, String absent) {
        return has(field) ? text(field) : absent;
    }

    double number(String field) {
        JsonElement value = need(field);
        if (value.isJsonPrimitive() == false || value.getAsJsonPrimitive().isNumber() == false) {
            throw wrong(field, "a number");
        }
        return value.getAsDouble();
    }

    /** The length of a video. */
    double seconds(String field) {
        return seconds(field, number(field));
    }

    /**
     * The same of a length that stands elsewhere.
     *
     * @throws IllegalArgumentException if no video is so long: windows slide over all of it
     */
    static double seconds(String field, double length) {
        if (length >= 0 && length <= LONGEST) {
            return length;
        }
        throw new IllegalArgumentException(
                "field ["
                        + field
                        + "] is ["
                        + length
                        + "]; the length of a video must be at most ["
                        + LONGEST
                        + "] seconds");
    }

    boolean flag(String field) {
        JsonElement value = need(field);
        if (value.isJsonPrimitive() == false || value.getAsJsonPrimitive().isBoolean() == false) {
            throw wrong(field, "[true] or [false]");
        }
        return value.getAsBoolean();
    }

    /** A list; empty if it is left out. */
    List<JsonElement> list(String field) {
        if (has(field) == false) {
            return List.of();
        }
        if (json.get(field).isJsonArray() == false) {
            throw wrong(field, "a list");
        }
        return json.getAsJsonArray(field).asList();
    }

    /** A list of objects; empty if it is left out. */
    List<Fields> objects(String field) {
        List<Fields> objects = new ArrayList<>();
        for (JsonElement element : list(field)) {
            if (element.isJsonObject() == false) {
                throw wrong(field, "a list of objects");
            }
            objects.add(new Fields(element.getAsJsonObject()));
        }
        return objects;
    }

    /** One text or a list of texts. */
    List<String> texts(String field) {
        JsonElement value = need(field);
        if (value.isJsonArray() == false) {
            return List.of(text(field));
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement element : value.getAsJsonArray()) {
            if (element.isJsonPrimitive() == false || element.getAsString().isBlank()) {
                throw wrong(field, "a list of texts that are not empty");
            }
            texts.add(element.getAsString().strip());
        }
        return texts;
    }

    /** A pair of times in seconds. */
    static Span span(JsonElement element) {
        JsonArray pair = element.isJsonArray() ? element.getAsJsonArray() : new JsonArray();
        if (pair.size() != 2 || isNumber(pair.get(0)) == false || isNumber(pair.get(1)) == false) {
            throw new IllegalArgumentException(
                    "[" + element + "] must be a pair of seconds [start, end]");
        }
        return new Span(pair.get(0).getAsDouble(), pair.get(1).getAsDouble());
    }

    private static boolean isNumber(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    }

    private JsonElement need(String field) {
        if (has(field) == false) {
            throw new IllegalArgumentException("field [" + field + "] is missing");
        }
        return json.get(field);
    }

    /** Says what a field is, and what it must be. */
    IllegalArgumentException wrong(String field, String expected) {
        String value = String.valueOf(json.get(field));
        String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
        return new IllegalArgumentException(
                "field [" + field + "] is [" + shown + "]; it must be " + expected);
    }
}
