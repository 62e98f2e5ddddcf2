package org.vidvec.ingest;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.elasticsearch.common.bytes.BytesArray;
import org.vidvec.action.InputSpec;
import org.vidvec.action.InputValue;

/**
 * Reads the value of the processor's field: a data URL, bare base64, a URI, an object {@code
 * {"type", "format", "value"}}, or bytes as CBOR and SMILE have them.
 *
 * @param name the field
 * @param type what a value is that does not say so itself
 */
record MediaField(String name, InputSpec.Type type) {

    private static final TreeSet<String> KEYS = new TreeSet<>(List.of("type", "format", "value"));

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it is none of the allowed forms
     */
    InputSpec read(Object value) {
        return switch (value) {
            case String text -> {
                InputSpec.Type told =
                        type == InputSpec.Type.TEXT ? null : InputValue.typeOf(name, text);
                yield InputValue.read(name, told == null ? type : told, null, text);
            }
            case byte[] bytes -> new InputSpec.Inline(name, type, new BytesArray(bytes));
            case Map<?, ?> object -> readObject(object);
            default ->
                    throw new IllegalArgumentException(
                            "field ["
                                    + name
                                    + "] holds a ["
                                    + value.getClass().getSimpleName()
                                    + "]; it must hold base64, a data URL, a URI, or an object"
                                    + " [type, format, value]");
        };
    }

    private InputSpec readObject(Map<?, ?> object) {
        for (Object key : object.keySet()) {
            if (KEYS.contains(key) == false) {
                throw new IllegalArgumentException(
                        "unknown key [" + key + "] in field [" + name + "]; allowed are " + KEYS);
            }
        }
        String value = text(object, "value");
        if (value == null) {
            throw new IllegalArgumentException("field [" + name + "] has no [value]");
        }
        String typeWord = text(object, "type");
        String format = text(object, "format");
        return InputValue.read(
                name,
                typeWord == null ? type : InputSpec.Type.fromString(typeWord),
                format == null ? null : InputSpec.Format.fromString(format),
                value);
    }

    private String text(Map<?, ?> object, String key) {
        Object value = object.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException(
                "[" + key + "] of field [" + name + "] must be a string, not [" + value + "]");
    }
}
