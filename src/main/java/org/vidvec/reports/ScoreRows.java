package org.vidvec.reports;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The rows of tables of several models: from reports of {@code eval}, and what papers publish. */
public final class ScoreRows {

    /** What is measured, and by which three numbers. */
    public enum Task {
        T2V("text to media", List.of("recall@1", "recall@5", "recall@10")),
        V2T("media to text", List.of("recall@1", "recall@5", "recall@10")),
        MOMENTS("moments", List.of("r1@0.5", "r1@0.7", "map"));

        private final String title;
        private final List<String> measures;

        Task(String title, List<String> measures) {
            this.title = title;
            this.measures = measures;
        }

        /** For people. */
        public String title() {
            return title;
        }

        /** Their names in a report. */
        public List<String> measures() {
            return measures;
        }
    }

    /**
     * A row.
     *
     * @param set by the name of its layout
     * @param model and how it was used
     * @param values of the task's measures, 0..1; NaN for what is not told
     * @param source where it was published; null if it was measured here
     */
    public record Row(String set, Task task, String model, List<Double> values, String source) {}

    private static final String PUBLISHED = "published.tsv";
    private static final List<String> STAGES =
            List.of("rerank", "dual_softmax", "merged", "contextualized");

    private ScoreRows() {}

    /** All that papers say of the sets that {@code eval} reads. */
    public static List<Row> published() {
        try (InputStream in = ScoreRows.class.getResourceAsStream(PUBLISHED)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, PUBLISHED).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith("#") == false)
                    .map(line -> line.split("\t"))
                    .map(ScoreRows::published)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row published(String[] columns) {
        List<Double> values = new ArrayList<>();
        for (String percent : List.of(columns[3], columns[4], columns[5])) {
            values.add(percent.equals("-") ? Double.NaN : Double.parseDouble(percent) / 100);
        }
        Task task = Task.valueOf(columns[1].toUpperCase(Locale.ROOT));
        return new Row(columns[0], task, columns[2], values, columns[6]);
    }

    /**
     * The rows of a report, those of its rerank, dual softmax and merged segments among them.
     *
     * @throws IllegalArgumentException if it is none of {@code eval}
     */
    public static List<Row> of(JsonObject report) {
        if (isObject(report, "set") == false || isObject(report, "model") == false) {
            throw new IllegalArgumentException("it is no report of [eval]");
        }
        String set = report.getAsJsonObject("set").get("name").getAsString();
        String model = report.getAsJsonObject("model").get("id").getAsString();
        List<Row> rows = new ArrayList<>();
        addRetrieval(rows, set, model, report);
        if (report.has("moments")) {
            addMoments(rows, set, model, report.getAsJsonObject("moments"));
        }
        return rows;
    }

    private static boolean isObject(JsonObject report, String field) {
        return report.has(field) && report.get(field).isJsonObject();
    }

    private static void addRetrieval(
            List<Row> rows, String set, String model, JsonObject measured) {
        if (measured.has("t2v")) {
            rows.add(row(set, Task.T2V, model, measured.getAsJsonObject("t2v")));
            rows.add(row(set, Task.V2T, model, measured.getAsJsonObject("v2t")));
        }
        for (String stage : stages(measured)) {
            addRetrieval(rows, set, model + ", " + stage, measured.getAsJsonObject(stage));
        }
    }

    private static void addMoments(List<Row> rows, String set, String model, JsonObject measured) {
        rows.add(row(set, Task.MOMENTS, model, measured));
        for (String stage : stages(measured)) {
            addMoments(rows, set, model + ", " + stage, measured.getAsJsonObject(stage));
        }
    }

    private static List<String> stages(JsonObject measured) {
        return measured.keySet().stream()
                .filter(name -> STAGES.contains(name) || name.startsWith("calibrated_by_"))
                .toList();
    }

    private static Row row(String set, Task task, String model, JsonObject measured) {
        List<Double> values =
                task.measures().stream().map(name -> measured.get(name).getAsDouble()).toList();
        return new Row(set, task, model, values, null);
    }
}
