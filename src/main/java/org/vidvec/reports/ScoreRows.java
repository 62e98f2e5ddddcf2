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
import java.util.stream.Stream;

/**
 * The rows of tables of several models: from reports of {@code eval} and {@code mmeb}, and what
 * papers publish.
 */
public final class ScoreRows {

    /** What is measured, and by which numbers. */
    public enum Task {
        T2V("text to media", true, "recall@1", "recall@5", "recall@10"),
        V2T("media to text", true, "recall@1", "recall@5", "recall@10"),
        DURATION(
                "text to media, R@1 by seconds of video",
                true,
                "0-60",
                "60-120",
                "120-180",
                "180+"),
        TOKENS("embedding tokens by seconds of video", false, "0-60", "60-120", "120-180", "180+"),
        MOMENTS("moments", true, "r1@0.5", "r1@0.7", "map"),
        COMPOSED("composed queries", true, "recall@1", "recall@5", "recall@10"),
        QUESTIONS("questions", true, "accuracy"),
        GRADES("answers, graded from 0 to 5", false, "grade"),
        ABLATION(
                "ablations: answers, R@1, moments, in percent; VideoChatGPT's grade from 0 to 5",
                false,
                "msrvtt_qa",
                "videochatgpt",
                "msrvtt",
                "didemo",
                "vatex",
                "activitynet",
                "qvhighlights",
                "charades_sta"),
        LATENCY("latency of 12 frames, batch 16, on an L40S", false, "ms"),
        MMEB("averages over tasks", true, "overall", "image", "video", "visdoc"),
        MMEB_IMAGE(
                "averages over image tasks",
                true,
                "image-classification",
                "image-qa",
                "image-retrieval",
                "image-grounding"),
        MMEB_VIDEO(
                "averages over video tasks",
                true,
                "video-classification",
                "video-qa",
                "video-retrieval",
                "moment-retrieval"),
        MMEB_CLASSES(
                "video classification",
                true,
                "K700",
                "SmthSmthV2",
                "HMDB51",
                "UCF101",
                "Breakfast"),
        MMEB_QUESTIONS(
                "video questions",
                true,
                "MVBench",
                "Video-MME",
                "NExTQA",
                "EgoSchema",
                "ActivityNetQA"),
        MMEB_VIDEOS("video retrieval", true, "DiDeMo", "MSR-VTT", "MSVD", "VATEX", "YouCook2"),
        MMEB_MOMENTS("moment retrieval", true, "QVHighlight", "Charades-STA", "MomentSeeker");

        private final String title;
        private final boolean parts;
        private final List<String> measures;

        Task(String title, boolean parts, String... measures) {
            this.title = title;
            this.parts = parts;
            this.measures = List.of(measures);
        }

        /** For people. */
        public String title() {
            return title;
        }

        /** Whether values are parts of 1, shown in percent; else they are as they were told. */
        public boolean parts() {
            return parts;
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
     * @param values of the task's measures; NaN for what is not told
     * @param source where it was published; null if it was measured here
     * @param note what has to be known of it; null for nothing
     */
    public record Row(
            String set, Task task, String model, List<Double> values, String source, String note) {}

    private static final List<String> PUBLISHED = List.of("published.tsv", "mmeb-published.tsv");
    private static final List<String> STAGES =
            List.of("rerank", "dual_softmax", "merged", "contextualized");

    private ScoreRows() {}

    /** All that papers say of their models, in the order of the files. */
    public static List<Row> published() {
        return PUBLISHED.stream().flatMap(ScoreRows::lines).map(ScoreRows::published).toList();
    }

    private static Stream<String> lines(String name) {
        try (InputStream in = ScoreRows.class.getResourceAsStream(name)) {
            byte[] text = Objects.requireNonNull(in, name).readAllBytes();
            return new String(text, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("#") == false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row published(String line) {
        List<String> columns = List.of(line.split("\t"));
        Task task = Task.valueOf(columns.get(1).toUpperCase(Locale.ROOT));
        int end = 3 + task.measures().size();
        List<Double> values = new ArrayList<>();
        for (String number : columns.subList(3, end)) {
            double value = number.equals("-") ? Double.NaN : Double.parseDouble(number);
            values.add(task.parts() ? value / 100 : value);
        }
        String note = columns.size() > end + 1 ? columns.get(end + 1) : null;
        return new Row(columns.get(0), task, columns.get(2), values, columns.get(end), note);
    }

    /**
     * The rows of a report, those of its rerank, dual softmax and merged segments among them.
     *
     * @throws IllegalArgumentException if it is none of {@code eval} or {@code mmeb}
     */
    public static List<Row> of(JsonObject report) {
        if (MmebFigures.isReport(report)) {
            return MmebFigures.of(report);
        }
        if (isObject(report, "set") == false || isObject(report, "model") == false) {
            throw new IllegalArgumentException("it is no report of [eval] or [mmeb]");
        }
        String set = report.getAsJsonObject("set").get("name").getAsString();
        String model = report.getAsJsonObject("model").get("id").getAsString();
        List<Row> rows = new ArrayList<>();
        addRetrieval(rows, set, model, report);
        if (report.has("moments")) {
            addMoments(rows, set, model, report.getAsJsonObject("moments"));
        }
        addDurations(rows, set, model, report);
        if (report.has("composed")) {
            addComposed(rows, set, model, report.getAsJsonObject("composed"));
        }
        if (report.has("questions")) {
            rows.add(row(set, Task.QUESTIONS, model, report.getAsJsonObject("questions")));
        }
        return rows;
    }

    static boolean isObject(JsonObject report, String field) {
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

    /** By length of the video, and what was written for each, where a model wrote anything. */
    private static void addDurations(
            List<Row> rows, String set, String model, JsonObject measured) {
        if (isObject(measured, "by_duration")) {
            JsonObject bins = measured.getAsJsonObject("by_duration");
            addBins(rows, set, Task.DURATION, model, bins, "recall@1");
            addBins(rows, set, Task.TOKENS, model, bins, "written_tokens");
        }
        for (String stage : stages(measured)) {
            addDurations(rows, set, model + ", " + stage, measured.getAsJsonObject(stage));
        }
    }

    private static void addBins(
            List<Row> rows, String set, Task task, String model, JsonObject bins, String measure) {
        List<Double> values = new ArrayList<>();
        for (String name : task.measures()) {
            boolean told = isObject(bins, name) && bins.getAsJsonObject(name).has(measure);
            values.add(told ? bins.getAsJsonObject(name).get(measure).getAsDouble() : Double.NaN);
        }
        if (values.stream().anyMatch(value -> value.isNaN() == false)) {
            rows.add(new Row(set, task, model, values, null, null));
        }
    }

    private static void addComposed(List<Row> rows, String set, String model, JsonObject ways) {
        for (String way : ways.keySet()) {
            if (isObject(ways, way) && ways.getAsJsonObject(way).has("recall@1")) {
                JsonObject measured = ways.getAsJsonObject(way);
                rows.add(row(set, Task.COMPOSED, model + ", " + way, measured));
            }
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
        return new Row(set, task, model, values, null, null);
    }
}
