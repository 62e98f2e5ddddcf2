package org.vidvec.samples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.DatasetException;

/** Reads the lines of a source of pairs, and says what is wrong with one. */
final class LineFields {

    private final PairSource source;
    private final PairData.TextCheck check;
    private int negatives = -1;

    LineFields(PairSource source, PairData.TextCheck check) {
        this.source = source;
        this.check = check;
    }

    /**
     * The pair of a line.
     *
     * @throws IllegalArgumentException if it has none that can be used
     * @throws DatasetException if that can't be found out
     */
    PairData.Pair pair(int line, String text) throws DatasetException {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getMessage());
        }
        if (json.isJsonObject() == false) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        JsonObject fields = json.getAsJsonObject();
        return new PairData.Pair(
                line,
                value(fields, source.query(), source.queryKind(), true),
                value(fields, source.target(), source.targetKind(), false),
                negatives(fields));
    }

    private String value(JsonObject fields, String field, PairSource.Kind kind, boolean query)
            throws DatasetException {
        String value = text(field, fields.get(field));
        if (kind == PairSource.Kind.TEXT) {
            checkText(field, value, query);
        } else if (Files.isRegularFile(path(value)) == false) {
            throw new IllegalArgumentException("field [" + field + "]: no file [" + value + "]");
        }
        return value;
    }

    /** Where a file lies that a line names: beside the lines. */
    Path path(String name) {
        return source.file().resolveSibling(name);
    }

    private static String text(String field, JsonElement value) {
        if (value == null || value.isJsonNull()) {
            throw new IllegalArgumentException("field [" + field + "] is missing");
        }
        if (value.isJsonPrimitive() == false || value.getAsJsonPrimitive().isString() == false) {
            throw new IllegalArgumentException("field [" + field + "] is no text");
        }
        if (value.getAsString().isBlank()) {
            throw new IllegalArgumentException("field [" + field + "] is empty");
        }
        return value.getAsString();
    }

    private void checkText(String field, String value, boolean query) throws DatasetException {
        String fault = check.fault(value, query);
        if (fault.isEmpty() == false) {
            throw new IllegalArgumentException("field [" + field + "]: " + fault);
        }
    }

    private List<String> negatives(JsonObject fields) throws DatasetException {
        List<String> texts = new ArrayList<>();
        if (source.negatives().isEmpty()) {
            return texts;
        }
        JsonElement list = fields.get(source.negatives());
        if (list == null || list.isJsonArray() == false || list.getAsJsonArray().isEmpty()) {
            throw new IllegalArgumentException(
                    "field [" + source.negatives() + "] is no list of texts");
        }
        for (JsonElement element : list.getAsJsonArray()) {
            texts.add(text(source.negatives(), element));
            checkText(source.negatives(), element.getAsString(), false);
        }
        if (negatives >= 0 && texts.size() != negatives) {
            throw new IllegalArgumentException(
                    "field ["
                            + source.negatives()
                            + "] has ["
                            + texts.size()
                            + "] texts, those before it ["
                            + negatives
                            + "]; every pair needs as many");
        }
        negatives = texts.size();
        return texts;
    }
}
