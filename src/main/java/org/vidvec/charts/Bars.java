package org.vidvec.charts;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * How often each of some things is there, as a PNG picture and as a Vega-Lite chart (ViLL-E, Figs.
 * 7 and 8).
 *
 * @param title of the chart
 * @param what the things are
 * @param bars at least one, from the top down
 */
public record Bars(String title, String what, List<Bar> bars) {

    private static final int LEFT = 130;
    private static final int WIDTH = 480;
    private static final int ROW = 14;
    private static final int TOP = 36;
    private static final int COLOUR = 0x1F5FA8;

    /** One of them. */
    public record Bar(String name, int count) {}

    /** As a PNG file. */
    public byte[] png() {
        int most = bars.stream().mapToInt(Bar::count).max().orElse(1);
        Canvas canvas = new Canvas(LEFT + WIDTH + 60, TOP + bars.size() * ROW + ROW);
        canvas.text(ROW, ROW, title, Canvas.BLACK);
        for (int i = 0; i < bars.size(); i++) {
            int y = TOP + i * ROW;
            int width = Math.max(1, (int) Math.round((double) WIDTH * bars.get(i).count() / most));
            String count = String.valueOf(bars.get(i).count());
            String name = bars.get(i).name();
            canvas.text(LEFT - 6 - Canvas.width(name), y + 2, name, Canvas.BLACK);
            canvas.fill(LEFT, y, width, ROW - 3, COLOUR);
            canvas.text(LEFT + width + 6, y + 2, count, Canvas.BLACK);
        }
        return canvas.png();
    }

    /** As a Vega-Lite chart with its data inside. */
    public String vega() {
        JsonArray rows = new JsonArray();
        for (Bar bar : bars) {
            JsonObject row = new JsonObject();
            row.addProperty(what, bar.name());
            row.addProperty("count", bar.count());
            rows.add(row);
        }
        JsonObject data = new JsonObject();
        data.add("values", rows);
        JsonObject y = new JsonObject();
        y.addProperty("field", what);
        y.addProperty("type", "nominal");
        // as they are given
        y.add("sort", JsonNull.INSTANCE);
        JsonObject x = new JsonObject();
        x.addProperty("field", "count");
        x.addProperty("type", "quantitative");
        JsonObject encoding = new JsonObject();
        encoding.add("y", y);
        encoding.add("x", x);
        JsonObject chart = new JsonObject();
        chart.addProperty("$schema", "https://vega.github.io/schema/vega-lite/v5.json");
        chart.addProperty("title", title);
        chart.add("data", data);
        chart.addProperty("mark", "bar");
        chart.add("encoding", encoding);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(chart)
                + "\n";
    }
}
