package org.vidvec.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report of {@code vidvec eval} for people: a table of the usual measures. */
final class EvalScreen {

    private static final List<String> SHOWN =
            List.of("recall@1", "recall@5", "recall@10", "median_rank", "mrr", "map");

    private EvalScreen() {}

    static List<String> lines(JsonObject report) {
        List<String> lines = new ArrayList<>();
        JsonObject set = report.getAsJsonObject("set");
        JsonObject model = report.getAsJsonObject("model");
        lines.add("set     " + set.get("protocol").getAsString());
        lines.add(
                "model   "
                        + model.get("id").getAsString()
                        + ", layer "
                        + model.get("layer").getAsInt()
                        + " of "
                        + model.get("layers").getAsInt()
                        + ", "
                        + model.get("fingerprint").getAsString());
        JsonElement sample = report.getAsJsonObject("settings").get("sample");
        if (sample != null && sample.isJsonNull() == false) {
            lines.add("sample  " + sample.getAsString() + ", in place of the model's own");
        }
        if (model.get("random_weights").getAsBoolean()) {
            lines.add("        its weights are random: these figures mean nothing");
        }
        for (String left : List.of("missing", "unreadable", "bad_lines")) {
            if (set.getAsJsonArray(left).isEmpty() == false) {
                lines.add(left + " " + set.getAsJsonArray(left).size() + ": " + set.get(left));
            }
        }
        addRetrieval(lines, "", report);
        add(lines, "moments", report);
        add(lines, "composed", report);
        add(lines, "cross_modal", report);
        add(lines, "matches", report);
        add(lines, "questions", report);
        add(lines, "captions", report);
        return lines;
    }

    private static void addRetrieval(List<String> lines, String before, JsonObject report) {
        if (report.has("t2v")) {
            lines.add("");
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-24s %8s %11s %9s %9s %9s %11s %9s %9s",
                            before.isEmpty() ? "vectors" : before,
                            "queries",
                            "candidates",
                            "R@1",
                            "R@5",
                            "R@10",
                            "median rank",
                            "MRR",
                            "MAP"));
            lines.add(row("text to media", report.getAsJsonObject("t2v")));
            lines.add(row("media to text", report.getAsJsonObject("v2t")));
        }
        if (report.has("tuned")) {
            JsonObject tuned = report.getAsJsonObject("tuned");
            lines.add(
                    "cosines times "
                            + tuned.get("t2v_scale")
                            + " and "
                            + tuned.get("v2t_scale")
                            + ", chosen on "
                            + tuned.get("on").getAsString());
        }
        for (String stage : report.keySet()) {
            if (isStage(stage)) {
                String name = before.isEmpty() ? stage : before + ", " + stage;
                addRetrieval(lines, name, report.getAsJsonObject(stage));
            }
        }
    }

    private static boolean isStage(String name) {
        return List.of("rerank", "dual_softmax").contains(name)
                || name.startsWith("calibrated_by_");
    }

    private static String row(String name, JsonObject measures) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
        row.append(String.format(Locale.ROOT, " %8.0f", measures.get("queries").getAsDouble()));
        row.append(String.format(Locale.ROOT, " %11.0f", measures.get("candidates").getAsDouble()));
        for (String measure : SHOWN) {
            double value = measures.get(measure).getAsDouble();
            row.append(
                    measure.equals("median_rank")
                            ? String.format(Locale.ROOT, " %11.1f", value)
                            : String.format(Locale.ROOT, " %9.4f", value));
        }
        return row.toString();
    }

    private static void add(List<String> lines, String name, JsonObject report) {
        if (report.has(name) == false) {
            return;
        }
        lines.add("");
        lines.add(name);
        for (Map.Entry<String, JsonElement> entry : report.getAsJsonObject(name).entrySet()) {
            lines.add(String.format(Locale.ROOT, "  %-22s %s", entry.getKey(), entry.getValue()));
        }
    }
}
