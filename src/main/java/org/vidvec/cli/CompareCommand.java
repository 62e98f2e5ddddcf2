package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.vidvec.reports.ComparedCurves;
import org.vidvec.reports.ScoreRows;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec compare}: tables and curves of several models, beside what papers publish. */
@Command(
        name = "compare",
        description = {
            "Put reports of several models side by side: tables of report.json (of eval or mmeb),",
            "beside what the papers publish of the same set; and with --out one chart of layers.json",
            "(of layers) and one of logs (of train, .jsonl)."
        })
final class CompareCommand implements Callable<Integer> {

    private static final String LAYERS = "layers.json";
    private static final String LOG = ".jsonl";
    private static final int COLUMN = 9;

    @Parameters(
            paramLabel = "REPORT",
            arity = "0..*",
            description = "report.json, layers.json or log.jsonl, one or more of each.")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where layers.png, loss.png and their Vega-Lite charts go.")
    private Path out;

    @Option(
            names = "--published",
            description = "Print all that the papers publish, not only of the reports' sets.")
    private boolean published;

    @Option(names = "--json", description = "Print one JSON array with a row for each line.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws CommandException {
        if (files.isEmpty() && published == false) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "[REPORT] is missing; give one, or [--published]");
        }
        List<ScoreRows.Row> rows = new ArrayList<>();
        ComparedCurves curves = new ComparedCurves();
        for (Path file : files) {
            add(file, rows, curves);
        }
        if (out == null && rows.isEmpty() && published == false) {
            throw new CommandException(
                    "of ["
                            + LAYERS
                            + "] and ["
                            + LOG
                            + "] charts are drawn; say where with [--out]");
        }
        Set<String> sets = new LinkedHashSet<>();
        rows.forEach(row -> sets.add(row.set()));
        List<ScoreRows.Row> papers = ScoreRows.published();
        if (published) {
            papers.forEach(row -> sets.add(row.set()));
        }
        papers.stream().filter(row -> sets.contains(row.set())).forEach(rows::add);
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            to.println(array(rows));
        } else {
            sets.forEach(set -> tables(set, rows).forEach(to::println));
        }
        to.flush();
        if (out != null) {
            draw(curves);
        }
        return 0;
    }

    private static void add(Path file, List<ScoreRows.Row> rows, ComparedCurves curves)
            throws CommandException {
        try {
            String text = Files.readString(file);
            String name = file.getFileName().toString();
            if (name.endsWith(LOG)) {
                curves.addLog(file, text);
            } else if (name.equals(LAYERS)) {
                curves.addLayers(JsonParser.parseString(text).getAsJsonObject());
            } else {
                rows.addAll(ScoreRows.of(JsonParser.parseString(text).getAsJsonObject()));
            }
        } catch (IOException e) {
            throw new CommandException("can't read [" + file + "]: " + e, e);
        } catch (JsonParseException | IllegalStateException e) {
            throw new CommandException("[" + file + "] can't be compared: it is no JSON object", e);
        } catch (IllegalArgumentException e) {
            throw new CommandException("[" + file + "] can't be compared: " + e.getMessage(), e);
        }
    }

    private void draw(ComparedCurves curves) throws CommandException {
        try {
            curves.write(out);
        } catch (IOException e) {
            throw new CommandException("can't write to [" + out + "]: " + e, e);
        }
    }

    private List<String> tables(String set, List<ScoreRows.Row> all) {
        List<String> lines = new ArrayList<>();
        for (ScoreRows.Task task : ScoreRows.Task.values()) {
            List<ScoreRows.Row> rows =
                    all.stream().filter(r -> r.set().equals(set) && r.task() == task).toList();
            if (published && rows.isEmpty() == false
                    || rows.stream().anyMatch(row -> row.source() == null)) {
                lines.add("");
                lines.add(set + ", " + task.title());
                lines.add(line("", task.measures(), task));
                rows.forEach(row -> lines.add(line(row)));
            }
        }
        return lines;
    }

    private static String line(ScoreRows.Row row) {
        double factor = row.task().parts() ? 100 : 1;
        List<String> values =
                row.values().stream()
                        .map(v -> v.isNaN() ? "-" : String.format(Locale.ROOT, "%.1f", factor * v))
                        .toList();
        String line = line(row.model(), values, row.task());
        String source = row.source() == null ? "" : "  " + row.source();
        return line + source + (row.note() == null ? "" : "; " + row.note());
    }

    private static String line(String name, List<String> cells, ScoreRows.Task task) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-44s", name));
        for (int i = 0; i < cells.size(); i++) {
            int width = Math.max(COLUMN, task.measures().get(i).length());
            line.append(" ").append(" ".repeat(Math.max(0, width - cells.get(i).length())));
            line.append(cells.get(i));
        }
        return line.toString();
    }

    private static JsonArray array(List<ScoreRows.Row> rows) {
        JsonArray array = new JsonArray();
        for (ScoreRows.Row row : rows) {
            JsonObject object = new JsonObject();
            object.addProperty("set", row.set());
            object.addProperty("task", row.task().name().toLowerCase(Locale.ROOT));
            object.addProperty("model", row.model());
            for (int i = 0; i < row.values().size(); i++) {
                double value = row.values().get(i);
                if (Double.isNaN(value) == false) {
                    object.addProperty(row.task().measures().get(i), value);
                }
            }
            if (row.source() != null) {
                object.addProperty("published", row.source());
            }
            if (row.note() != null) {
                object.addProperty("note", row.note());
            }
            array.add(object);
        }
        return array;
    }
}
