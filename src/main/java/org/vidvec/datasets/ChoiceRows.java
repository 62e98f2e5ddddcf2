package org.vidvec.datasets;

import com.google.gson.JsonElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Queries that each bring their own candidates, in the columns of MMEB's evaluation sets: {@code
 * qry_text}, {@code qry_img_path}, {@code tgt_text} and {@code tgt_img_path} (lists of one length),
 * the first target being the right one unless {@code label} says another, or several; and, as
 * MMEB-V2 has videos, {@code qry_video_path} and {@code tgt_video_path}, of which {@code
 * qry_video_span} and {@code tgt_video_span} name stretches in seconds. They are published as
 * parquet and read here as the JSON lines that {@code Dataset.to_json} makes of it. The mark {@code
 * <|image_1|>} in a text is left out: where pictures stand is the model card's matter.
 */
public final class ChoiceRows {

    /**
     * A text, a medium or both.
     *
     * @param text empty for none
     * @param medium null for none
     */
    public record Part(String text, Medium medium) {}

    /**
     * A row.
     *
     * @param right places of the right candidates, at least one
     */
    public record Row(Part query, List<Part> candidates, List<Integer> right) {

        public Row {
            candidates = List.copyOf(candidates);
            right = List.copyOf(right);
        }
    }

    private final MediaFiles media;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private ChoiceRows(MediaFiles media) {
        this.media = media;
    }

    /**
     * What was read.
     *
     * @param missing files that are not there; their rows are left out
     */
    public record Read(List<Row> rows, List<String> missing, List<String> skipped) {}

    /**
     * Reads a file.
     *
     * @param folder that is looked through for media
     * @throws DatasetException if it can't be read or has a bad line that may not be left out
     */
    public static Read read(Path file, Path folder, BadLines.Policy policy)
            throws DatasetException {
        if (Files.isRegularFile(file) == false) {
            throw new DatasetException("there is no file [" + file + "]");
        }
        BadLines bad = new BadLines(policy);
        ChoiceRows rows = new ChoiceRows(new MediaFiles(folder));
        new SetFolder(file, "test", bad).jsonLines(file, rows::add);
        return new Read(rows.rows, rows.missing, bad.skipped());
    }

    private void add(Fields line) {
        List<String> absent = new ArrayList<>();
        Part query =
                part(
                        line.text("qry_text", ""),
                        line.text("qry_img_path", ""),
                        line.text("qry_video_path", ""),
                        line.has("qry_video_span")
                                ? span("qry_video_span", line.json().get("qry_video_span"))
                                : null,
                        absent);
        List<String> texts = texts(line, "tgt_text");
        List<String> images = texts(line, "tgt_img_path");
        List<String> videos = texts(line, "tgt_video_path");
        int n = Collections.max(List.of(texts.size(), images.size(), videos.size()));
        if (n == 0) {
            throw new IllegalArgumentException(
                    "fields [tgt_text], [tgt_img_path] and [tgt_video_path] are missing or empty");
        }
        List<Span> spans = spans(line, videos.size());
        List<Part> candidates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Span span = i < spans.size() ? spans.get(i) : null;
            candidates.add(part(at(texts, i), at(images, i), at(videos, i), span, absent));
        }
        List<Integer> right = right(line, n);
        if (absent.isEmpty()) {
            rows.add(new Row(query, candidates, right));
        } else {
            missing.addAll(absent);
        }
    }

    /** One place or a list of them. */
    private static List<Integer> right(Fields line, int n) {
        if (line.has("label") == false) {
            return List.of(0);
        }
        JsonElement label = line.json().get("label");
        List<JsonElement> places =
                label.isJsonArray() ? label.getAsJsonArray().asList() : List.of(label);
        List<Integer> right = new ArrayList<>();
        for (JsonElement place : places) {
            if (place.isJsonPrimitive() == false
                    || place.getAsJsonPrimitive().isNumber() == false) {
                throw line.wrong("label", "a place among the targets, or a list of places");
            }
            right.add(place.getAsInt());
        }
        if (right.isEmpty() || right.stream().anyMatch(place -> place < 0 || place >= n)) {
            throw new IllegalArgumentException(
                    "field [label] is [" + label + "]; there are [" + n + "] targets");
        }
        return right;
    }

    /** As many as videos; null for all of a video. */
    private static List<Span> spans(Fields line, int videos) {
        String field = "tgt_video_span";
        List<Span> spans = new ArrayList<>();
        for (JsonElement entry : line.list(field)) {
            spans.add(entry.isJsonNull() ? null : span(field, entry));
        }
        if (spans.isEmpty() == false && spans.size() != videos) {
            throw new IllegalArgumentException(
                    "field ["
                            + field
                            + "] has ["
                            + spans.size()
                            + "] entries; [tgt_video_path] has ["
                            + videos
                            + "]");
        }
        return spans;
    }

    private static Span span(String field, JsonElement entry) {
        try {
            Span span = Fields.span(entry);
            if (span.start() >= 0 && span.seconds() > 0) {
                return span;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("field [" + field + "]: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "field [" + field + "] is [" + entry + "]; it must be seconds of the video");
    }

    /** Entries may be empty where the other column has something. */
    private static List<String> texts(Fields line, String field) {
        List<String> texts = new ArrayList<>();
        if (line.has(field) && line.json().get(field).isJsonArray() == false) {
            return List.of(line.text(field));
        }
        line.list(field).forEach(e -> texts.add(e.isJsonNull() ? "" : e.getAsString()));
        return texts;
    }

    private static String at(List<String> texts, int index) {
        return index < texts.size() ? texts.get(index) : "";
    }

    /** A text without the marks of MMEB, which say where a picture stands. */
    public static String withoutMarks(String text) {
        return text.replaceAll("<\\|[a-z]+_\\d+\\|>\\s*", "");
    }

    private Part part(String text, String image, String video, Span span, List<String> absent) {
        String words = withoutMarks(text).strip();
        String file = image.isEmpty() ? video : image;
        if (file.isEmpty()) {
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a query or target has neither text nor media");
            }
            return new Part(words, null);
        }
        Path path = media.find(file);
        if (path == null) {
            absent.add(file);
        }
        Medium.Kind kind = image.isEmpty() ? Medium.Kind.VIDEO : Medium.Kind.IMAGE;
        return new Part(words, new Medium(file, kind, path, image.isEmpty() ? span : null));
    }
}
