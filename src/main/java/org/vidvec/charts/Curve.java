package org.vidvec.charts;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * One or more lines over the same whole numbers, as a PNG picture and as a Vega-Lite chart.
 *
 * @param title of the chart
 * @param x what the numbers count from 1 on
 * @param y what the lines show, from 0 on
 * @param lines at least one; a shorter one ends where it ends
 * @param lowest whether the lowest point of each line is its best one, as of a loss
 */
public record Curve(String title, String x, String y, List<Line> lines, boolean lowest) {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 48;
    private static final int TOP = 36;
    private static final int BOTTOM = 44;
    private static final int RIGHT = 150;
    private static final int TICKS = 5;
    private static final int ROW = 14;
    private static final int[] COLOURS = {0x1F5FA8, 0xC8501E, 0x2E8B57, 0x8B3FA0};

    /** The highest point of each line is its best one. */
    public Curve(String title, String x, String y, List<Line> lines) {
        this(title, x, y, lines, false);
    }

    /** A line with its name and its values. */
    public record Line(String name, double[] values) {}

    /** As a PNG file; the best point of each line is marked and told. */
    public byte[] png() {
        Canvas canvas = new Canvas(LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM);
        canvas.text(LEFT, ROW, title, Canvas.BLACK);
        axes(canvas);
        for (int i = 0; i < lines.size(); i++) {
            draw(canvas, i);
        }
        return canvas.png();
    }

    private double most() {
        double most = 0;
        for (Line line : lines) {
            for (double value : line.values()) {
                most = Math.max(most, value);
            }
        }
        return most > 0 ? most : 1;
    }

    private void axes(Canvas canvas) {
        canvas.frame(LEFT, TOP, WIDTH, HEIGHT, Canvas.GREY);
        for (int i = 0; i <= TICKS; i++) {
            double value = most() * i / TICKS;
            int at = (int) Math.round(TOP + HEIGHT - (double) HEIGHT * i / TICKS);
            canvas.line(LEFT - 4, at, LEFT, at, Canvas.BLACK);
            canvas.text(4, at - 3, String.format(Locale.ROOT, "%.3f", value), Canvas.BLACK);
        }
        int n = length();
        int every = Math.max(1, (n + 9) / 10);
        for (int i = 0; i < n; i++) {
            if ((i + 1) % every == 0 || i == 0) {
                int at = (int) Math.round(across(i));
                canvas.line(at, TOP + HEIGHT, at, TOP + HEIGHT + 4, Canvas.BLACK);
                String number = String.valueOf(i + 1);
                canvas.text(at - Canvas.width(number) / 2, TOP + HEIGHT + 8, number, Canvas.BLACK);
            }
        }
        canvas.text(LEFT + WIDTH / 2, TOP + HEIGHT + 8 + ROW, x, Canvas.BLACK);
        canvas.text(LEFT, TOP - ROW + 2, y, Canvas.BLACK);
    }

    private int length() {
        return lines.stream().mapToInt(line -> line.values().length).max().orElseThrow();
    }

    private double across(int index) {
        int n = length();
        return LEFT + (n == 1 ? WIDTH / 2.0 : (double) WIDTH * index / (n - 1));
    }

    private double up(double value) {
        return TOP + HEIGHT - HEIGHT * value / most();
    }

    private void draw(Canvas canvas, int number) {
        double[] values = lines.get(number).values();
        int colour = COLOURS[number % COLOURS.length];
        int best = 0;
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                canvas.line(across(i - 1), up(values[i - 1]), across(i), up(values[i]), colour);
            }
            canvas.disc(across(i), up(values[i]), 2, colour);
            best = isBetter(values[i], values[best]) ? i : best;
        }
        canvas.disc(across(best), up(values[best]), 4, colour);
        int at = TOP + number * 3 * ROW;
        canvas.text(LEFT + WIDTH + 10, at, lines.get(number).name(), colour);
        String told = String.format(Locale.ROOT, "best %d: %.4f", best + 1, values[best]);
        canvas.text(LEFT + WIDTH + 10, at + ROW, told, colour);
    }

    private boolean isBetter(double value, double best) {
        return lowest ? value < best : value > best;
    }

    /** As a Vega-Lite chart with its data inside. */
    public String vega() {
        JsonArray rows = new JsonArray();
        for (Line line : lines) {
            for (int i = 0; i < line.values().length; i++) {
                JsonObject row = new JsonObject();
                row.addProperty(x, i + 1);
                row.addProperty(y, line.values()[i]);
                row.addProperty("line", line.name());
                rows.add(row);
            }
        }
        JsonObject data = new JsonObject();
        data.add("values", rows);
        JsonObject encoding = new JsonObject();
        encoding.add("x", channel(x, "quantitative"));
        encoding.add("y", channel(y, "quantitative"));
        encoding.add("color", channel("line", "nominal"));
        JsonObject mark = new JsonObject();
        mark.addProperty("type", "line");
        mark.addProperty("point", true);
        JsonObject chart = new JsonObject();
        chart.addProperty("$schema", "https://vega.github.io/schema/vega-lite/v5.json");
        chart.addProperty("title", title);
        chart.add("data", data);
        chart.add("mark", mark);
        chart.add("encoding", encoding);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(chart)
                + "\n";
    }

    private static JsonObject channel(String field, String type) {
        JsonObject channel = new JsonObject();
        // a dot or bracket in a field's name would be a path
        channel.addProperty("field", field.replaceAll("([.\\[\\]])", "\\\\$1"));
        channel.addProperty("type", type);
        channel.addProperty("title", field);
        return channel;
    }
}
