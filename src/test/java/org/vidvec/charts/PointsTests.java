package org.vidvec.charts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.elasticsearch.test.ESTestCase;

/** Maps of points against scikit-learn ({@code src/test/metrics/make.py}), and what is drawn. */
public class PointsTests extends ESTestCase {

    private static JsonObject reference() {
        return JsonParser.parseReader(
                        new InputStreamReader(
                                PointsTests.class.getResourceAsStream("/metrics/tsne.json"),
                                StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private static float[][] points(JsonArray json) {
        float[][] points = new float[json.size()][];
        for (int i = 0; i < points.length; i++) {
            JsonArray row = json.get(i).getAsJsonArray();
            points[i] = new float[row.size()];
            for (int d = 0; d < points[i].length; d++) {
                points[i][d] = row.get(d).getAsFloat();
            }
        }
        return points;
    }

    public void testPcaIsThatOfScikitLearn() {
        JsonObject reference = reference();
        double[][] plane = Pca.plane(points(reference.getAsJsonArray("points")));
        JsonArray expected = reference.getAsJsonArray("pca");
        for (int axis = 0; axis < 2; axis++) {
            // a direction may point either way
            double sign = Math.signum(plane[0][axis] * number(expected, 0, axis));
            for (int i = 0; i < plane.length; i++) {
                assertEquals(number(expected, i, axis), sign * plane[i][axis], 1e-4);
            }
        }
    }

    private static double number(JsonArray rows, int row, int column) {
        return rows.get(row).getAsJsonArray().get(column).getAsDouble();
    }

    /** Two descents end in different maps; a map is as true as its divergence says. */
    public void testTsneIsAsTrueAsThatOfScikitLearn() {
        JsonObject reference = reference();
        Tsne.Layout layout = Tsne.layout(points(reference.getAsJsonArray("points")), 30);
        assertEquals(reference.get("kl_divergence").getAsDouble(), layout.divergence(), 0.02);
    }

    public void testKMeansFindsTheBlobs() {
        JsonObject reference = reference();
        int[] groups = KMeans.groups(points(reference.getAsJsonArray("points")), 5, 1);
        Map<Integer, Set<Integer>> found = new HashMap<>();
        List<JsonElement> labels = reference.getAsJsonArray("labels").asList();
        for (int i = 0; i < groups.length; i++) {
            found.computeIfAbsent(labels.get(i).getAsInt(), k -> new HashSet<>()).add(groups[i]);
        }
        assertEquals(5, found.size());
        assertEquals(5, found.values().stream().flatMap(Set::stream).distinct().count());
        found.values().forEach(g -> assertEquals(1, g.size()));
        assertEquals(3, KMeans.groups(new float[][] {{1}, {2}, {3}}, 20, 1).length);
    }

    public void testFewPointsAreRefused() {
        expectThrows(
                IllegalArgumentException.class,
                () -> Tsne.layout(new float[][] {{1, 2}, {2, 3}}, 30));
    }

    public void testAPanelHasCirclesCrossesAndLines() throws Exception {
        List<PointMap.Panel> panels = new ArrayList<>();
        panels.add(new PointMap.Panel("red", List.of(new double[] {0, 0, 1, 1})));
        byte[] png = new PointMap("map", panels).png();
        var image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(5 * 226 + 26, image.getWidth());
        assertEquals(4 * 226 + 52, image.getHeight());
        // upper left corner of the panel's inside, its middle, lower right corner
        assertEquals(0x1F5FA8, image.getRGB(36, 62) & 0xFFFFFF);
        assertEquals(Canvas.GREY, image.getRGB(126, 152) & 0xFFFFFF);
        assertEquals(0xC8501E, image.getRGB(216, 242) & 0xFFFFFF);
    }

    public void testACurveIsAPictureAndAChart() throws Exception {
        Curve curve =
                new Curve(
                        "t",
                        "layer",
                        "R@1",
                        List.of(new Curve.Line("there", new double[] {0.1, 0.5, 0.2})));
        JsonObject vega = JsonParser.parseString(curve.vega()).getAsJsonObject();
        JsonArray values = vega.getAsJsonObject("data").getAsJsonArray("values");
        assertEquals(3, values.size());
        assertEquals(0.5, values.get(1).getAsJsonObject().get("R@1").getAsDouble(), 0);
        assertEquals(2, values.get(1).getAsJsonObject().get("layer").getAsInt());
        var image = ImageIO.read(new ByteArrayInputStream(curve.png()));
        // the highest of three points is in the middle of the upper edge
        assertEquals(0x1F5FA8, image.getRGB(48 + 320, 36) & 0xFFFFFF);
    }
}
