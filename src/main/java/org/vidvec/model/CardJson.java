package org.vidvec.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One object of a card, whose fields are asked for by name; {@link #finish} refuses the fields that
 * nobody asked for.
 */
final class CardJson {

    private final String path;
    private final JsonObject json;
    private final Set<String> known = new LinkedHashSet<>();

    private CardJson(String path, JsonObject json) {
        this.path = path;
        this.json = json;
    }

    /**
     * @param json what the file holds
     */
    static CardJson root(JsonElement json) {
        if (json.isJsonObject() == false) {
            throw new IllegalArgumentException("it must hold one JSON object");
        }
        return new CardJson("", json.getAsJsonObject());
    }

    /** A field with an object in it; null if it is absent. */
    CardJson object(String name) {
        JsonElement value = get(name);
        if (value == null) {
            return null;
        }
        if (value.isJsonObject() == false) {
            throw wrong(name, "an object", value);
        }
        return new CardJson(path + name + ".", value.getAsJsonObject());
    }

    String string(String name, String otherwise) {
        JsonPrimitive value = primitive(name, "a string", JsonPrimitive::isString);
        return value == null ? otherwise : value.getAsString();
    }

    boolean bool(String name, boolean otherwise) {
        JsonPrimitive value = primitive(name, "[true] or [false]", JsonPrimitive::isBoolean);
        return value == null ? otherwise : value.getAsBoolean();
    }

    /** The same; null where nothing is said. */
    Boolean flag(String name, Boolean otherwise) {
        JsonPrimitive value = primitive(name, "[true] or [false]", JsonPrimitive::isBoolean);
        return value == null ? otherwise : Boolean.valueOf(value.getAsBoolean());
    }

    double number(String name, double otherwise) {
        JsonPrimitive value = primitive(name, "a number", JsonPrimitive::isNumber);
        return value == null ? otherwise : value.getAsDouble();
    }

    /** A whole number of at least 1. */
    int count(String name, int otherwise) {
        double value = number(name, Double.NaN);
        if (Double.isNaN(value)) {
            return otherwise;
        }
        if (value < 1 || value > Integer.MAX_VALUE || value != Math.rint(value)) {
            throw wrong(name, "a whole number of at least [1]", json.get(name));
        }
        return (int) value;
    }

    List<String> strings(String name, List<String> otherwise) {
        JsonElement value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (value.isJsonArray() == false || value.getAsJsonArray().isEmpty()) {
            throw wrong(name, "a list of strings, not empty", value);
        }
        List<String> strings = new ArrayList<>();
        JsonArray array = value.getAsJsonArray();
        for (JsonElement element : array) {
            if (element.isJsonPrimitive() == false
                    || element.getAsJsonPrimitive().isString() == false) {
                throw wrong(name, "a list of strings, not empty", value);
            }
            strings.add(element.getAsString());
        }
        return List.copyOf(strings);
    }

    /** A string that stands for something; the factory's refusal gets the field's name. */
    <T> T named(String name, T otherwise, Function<String, T> factory) {
        String value = string(name, null);
        if (value == null) {
            return otherwise;
        }
        try {
            return factory.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[" + path + name + "]: " + e.getMessage(), e);
        }
    }

    /**
     * @throws IllegalArgumentException if there is a field that was not asked for
     */
    void finish() {
        for (String name : json.keySet()) {
            if (known.contains(name) == false) {
                throw new IllegalArgumentException(
                        "unknown field [" + path + name + "]; known are " + known + "; remove it");
            }
        }
    }

    private JsonPrimitive primitive(
            String name, String wanted, Function<JsonPrimitive, Boolean> check) {
        JsonElement value = get(name);
        if (value == null) {
            return null;
        }
        if (value.isJsonPrimitive() == false || check.apply(value.getAsJsonPrimitive()) == false) {
            throw wrong(name, wanted, value);
        }
        return value.getAsJsonPrimitive();
    }

    private JsonElement get(String name) {
        known.add(name);
        JsonElement value = json.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    private IllegalArgumentException wrong(String name, String wanted, JsonElement value) {
        return new IllegalArgumentException(
                "[" + path + name + "] must be " + wanted + ", not [" + value + "]");
    }
}
