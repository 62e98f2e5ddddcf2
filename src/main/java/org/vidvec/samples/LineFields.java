package org.vidvec.samples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vidvec.datasets.ChoiceRows;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.NumberedPictures;

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
        PairData.Value query = value(fields, source.query(), true);
        PairData.Value target = value(fields, source.target(), false);
        return new PairData.Pair(line, query, target, negatives(fields, target), keywords(fields));
    }

    private PairData.Value value(JsonObject fields, PairSource.Side side, boolean query)
            throws DatasetException {
        if (side.isText()) {
            return new PairData.Value(words(fields, side.field(), query), "");
        }
        String name = text(side.field(), fields.get(side.field()));
        if (Files.isRegularFile(path(name)) == false
                && NumberedPictures.isVideo(path(name)) == false) {
            throw new IllegalArgumentException(
                    "field [" + side.field() + "]: no file [" + name + "]");
        }
        String beside = side.text().isEmpty() ? "" : words(fields, side.text(), query);
        return new PairData.Value(name, beside);
    }

    private String words(JsonObject fields, String field, boolean query) throws DatasetException {
        String words = text(field, fields.get(field));
        checkText(field, words, query);
        return words;
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
        String text = ChoiceRows.withoutMarks(value.getAsString());
        if (text.isBlank()) {
            throw new IllegalArgumentException("field [" + field + "] is empty");
        }
        return text;
    }

    private void checkText(String field, String value, boolean query) throws DatasetException {
        String fault = check.fault(value, query);
        if (fault.isEmpty() == false) {
            throw new IllegalArgumentException("field [" + field + "]: " + fault);
        }
    }

    /** Case does not count. */
    private Set<String> keywords(JsonObject fields) {
        Set<String> keywords = new LinkedHashSet<>();
        if (source.balance() == null || source.balance().isLabelled() == false) {
            return keywords;
        }
        String field = source.balance().field();
        JsonElement given = fields.get(field);
        if (given == null || given.isJsonArray() == false) {
            throw new IllegalArgumentException("field [" + field + "] is no list of keywords");
        }
        for (JsonElement element : given.getAsJsonArray()) {
            keywords.add(text(field, element).strip().toLowerCase(Locale.ROOT));
        }
        return keywords;
    }

    private List<String> negatives(JsonObject fields, PairData.Value target)
            throws DatasetException {
        List<String> texts = new ArrayList<>();
        if (source.negatives().isEmpty()) {
            return texts;
        }
        JsonElement given = fields.get(source.negatives());
        JsonArray list = new JsonArray();
        if (given != null && given.isJsonArray()) {
            list = given.getAsJsonArray();
        } else if (given != null && given.isJsonPrimitive()) {
            // one alone, as in triplets of an anchor, a positive and a negative
            list.add(given);
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException(
                    "field [" + source.negatives() + "] is no text and no list of texts");
        }
        for (JsonElement element : list) {
            String text = text(source.negatives(), element);
            checkText(source.negatives(), text, false);
            if (source.target().isText() && text.strip().equals(target.value().strip())) {
                throw new IllegalArgumentException(
                        "field ["
                                + source.negatives()
                                + "] has the text of field ["
                                + source.target().field()
                                + "], ["
                                + text.strip()
                                + "]; what is right can't be wrong as well");
            }
            texts.add(text);
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
