package org.vidvec.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of texts, read into memory.
 *
 * @param pairs in the order of their lines
 * @param skipped what was left out, one message each
 */
public record PairData(List<Pair> pairs, List<String> skipped) {

    /**
     * A pair.
     *
     * @param line in its file, from 1
     */
    public record Pair(int line, String query, String target) {}

    /** Says whether a text can be used. */
    @FunctionalInterface
    public interface TextCheck {
        /**
         * What is wrong with a text; empty if it can be used.
         *
         * @param query whether it searches
         * @throws TrainingException if that can't be found out
         */
        String fault(String text, boolean query) throws TrainingException;
    }

    /**
     * Reads a file.
     *
     * @throws TrainingException if it can't be read, or has a bad line that may not be skipped,
     *     with its number, the field and the reason; or has no pair at all
     */
    public static PairData read(PairSource source, TextCheck check) throws TrainingException {
        List<Pair> pairs = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(source.file())) {
            String text;
            for (int line = 1; (text = lines.readLine()) != null; line++) {
                try {
                    pairs.add(pair(source, line, text, check));
                } catch (IllegalArgumentException e) {
                    String fault = "line [" + line + "] of [" + source.file() + "]: ";
                    if (source.skipsBadLines() == false) {
                        throw new TrainingException(
                                fault
                                        + e.getMessage()
                                        + "; correct it, or leave such lines out with"
                                        + " [data.bad_lines] [skip]");
                    }
                    skipped.add(fault + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new TrainingException("can't read [" + source.file() + "]: " + e, e);
        }
        if (pairs.isEmpty()) {
            throw new TrainingException(
                    "[" + source.file() + "] has no pair that can be used; " + skipped);
        }
        return new PairData(List.copyOf(pairs), List.copyOf(skipped));
    }

    private static Pair pair(PairSource source, int line, String text, TextCheck check)
            throws TrainingException {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getMessage());
        }
        if (json.isJsonObject() == false) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        return new Pair(
                line,
                text(json.getAsJsonObject(), source.query(), true, check),
                text(json.getAsJsonObject(), source.target(), false, check));
    }

    private static String text(JsonObject json, String field, boolean query, TextCheck check)
            throws TrainingException {
        JsonElement value = json.get(field);
        if (value == null || value.isJsonNull()) {
            throw new IllegalArgumentException("field [" + field + "] is missing");
        }
        if (value.isJsonPrimitive() == false || value.getAsJsonPrimitive().isString() == false) {
            throw new IllegalArgumentException("field [" + field + "] is no text");
        }
        if (value.getAsString().isBlank()) {
            throw new IllegalArgumentException("field [" + field + "] is empty");
        }
        String fault = check.fault(value.getAsString(), query);
        if (fault.isEmpty() == false) {
            throw new IllegalArgumentException("field [" + field + "]: " + fault);
        }
        return value.getAsString();
    }
}
