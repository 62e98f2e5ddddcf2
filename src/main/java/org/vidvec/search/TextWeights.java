package org.vidvec.search;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.InputSpec;

/**
 * Which texts of a hit are judged beside its video, and how much each says: the score is the mean
 * of all judgements by weight, that of the video being 1. A text that a hit lacks says nothing, and
 * one of weight 0 is not judged.
 *
 * @param byField weights, 0 or more, by the name of a field in {@code _source}
 */
record TextWeights(Map<String, Float> byField) implements Writeable, ToXContentFragment {

    /** The video alone. */
    static final TextWeights NONE = new TextWeights(Map.of());

    // each costs a pass of the model for each hit
    private static final int MAX_FIELDS = 8;

    /**
     * @throws IllegalArgumentException if a weight is negative or not a number, or there are too
     *     many fields
     */
    TextWeights {
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
        byField.forEach(TextWeights::requireWeight);
        if (byField.size() > MAX_FIELDS) {
            throw new IllegalArgumentException(
                    "[fields] names ["
                            + byField.size()
                            + "] fields, over the limit of ["
                            + MAX_FIELDS
                            + "]: each costs a pass of the model for each hit; name fewer");
        }
    }

    private static void requireWeight(String field, float weight) {
        if (Float.isFinite(weight) == false || weight < 0) {
            throw new IllegalArgumentException(
                    "[fields."
                            + field
                            + "] must be at least [0], not ["
                            + weight
                            + "]; the video's own weight is [1]");
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    TextWeights(StreamInput in) throws IOException {
        this(in.readOrderedMap(StreamInput::readString, StreamInput::readFloat));
    }

    /**
     * Reads the object that the parser stands on: a number for each field.
     *
     * @throws IllegalArgumentException if a weight is out of range
     */
    static TextWeights parse(XContentParser parser) throws IOException {
        return new TextWeights(parser.map(LinkedHashMap::new, each -> each.floatValue()));
    }

    /** Fields whose texts are judged. */
    Set<String> judged() {
        LinkedHashMap<String, Float> judged = new LinkedHashMap<>(byField);
        judged.values().removeIf(weight -> weight == 0);
        return judged.keySet();
    }

    /** Of a field that is judged. */
    float of(String field) {
        return byField.get(field);
    }

    /**
     * Finds the texts that are judged, in the order of the fields; several values of a field are
     * one text of as many lines.
     *
     * @param source the document's {@code _source}, filtered
     * @return without fields that hold no text
     */
    Map<String, InputSpec.Text> find(Map<String, Object> source) {
        Map<String, InputSpec.Text> found = new LinkedHashMap<>();
        for (String field : judged()) {
            String text = text(XContentMapValues.extractValue(field, source));
            if (text.isBlank() == false) {
                found.put(field, new InputSpec.Text(text));
            }
        }
        return found;
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case List<?> values ->
                    values.stream()
                            .filter(Objects::nonNull)
                            .map(TextWeights::text)
                            .collect(Collectors.joining("\n"));
            case Map<?, ?> object -> "";
            default -> value.toString();
        };
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeMap(byField, StreamOutput::writeString, StreamOutput::writeFloat);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return byField.isEmpty() ? builder : builder.field("fields", byField);
    }
}
