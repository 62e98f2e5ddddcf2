package org.vidvec.reports;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.reports.ScoreRows.Row;
import org.vidvec.reports.ScoreRows.Task;

/** What a report of {@code mmeb} and the papers say of MMEB-V2. */
public final class MmebFigures {

    /** Whose figures stand beside a report card. */
    public static final String MODEL = "VLM2Vec-V2.0";

    private static final String SET = "mmeb-v2";
    private static final int TASKS = 78;

    private MmebFigures() {}

    /**
     * What VLM2Vec-V2.0 reached in a task, or on average over a meta-task, a modality or all, as
     * leaderboard.csv names them.
     *
     * @return 0..1; NaN where it is not told
     */
    public static double published(String name) {
        for (Row row : ScoreRows.published()) {
            int column = row.task().measures().indexOf(name);
            if (row.set().equals(SET) && row.model().equals(MODEL) && column >= 0) {
                return row.values().get(column);
            }
        }
        return Double.NaN;
    }

    static boolean isReport(JsonObject report) {
        return ScoreRows.isObject(report, "tasks") && ScoreRows.isObject(report, "averages");
    }

    /**
     * The rows of a report: averages, and the scores of the video tasks.
     *
     * @throws IllegalArgumentException if it is incomplete
     */
    static List<Row> of(JsonObject report) {
        if (report.has("model") == false || report.has("source") == false) {
            throw new IllegalArgumentException("it is no report of [mmeb]");
        }
        JsonObject scores = report.getAsJsonObject("tasks");
        JsonObject averages = report.getAsJsonObject("averages");
        boolean published = report.get("source").getAsString().equals("published");
        String set = published ? SET : SET + ", generated";
        int measured = scores.size();
        String model = report.get("model").getAsString();
        String name =
                published && measured < TASKS
                        ? model + ", " + measured + " of " + TASKS + " tasks"
                        : model;
        List<Row> rows = new ArrayList<>();
        for (Task task : Task.values()) {
            List<Double> values =
                    task.measures().stream().map(m -> score(m, scores, averages)).toList();
            if (values.stream().anyMatch(value -> value.isNaN() == false)) {
                rows.add(new Row(set, task, name, values, null, null));
            }
        }
        return rows;
    }

    private static double score(String name, JsonObject scores, JsonObject averages) {
        if (averages.has(name)) {
            return averages.get(name).getAsDouble();
        }
        return ScoreRows.isObject(scores, name)
                ? scores.getAsJsonObject(name).get("score").getAsDouble()
                : Double.NaN;
    }
}
