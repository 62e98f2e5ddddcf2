package org.vidvec.quality;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;

/** Scores, what counts, and vectors that are kept. */
public class ScoreTableTests extends ESTestCase {

    /** The product of both softmaxes by hand; the logarithms rank and differ alike. */
    public void testDualSoftmaxIsTheProductOfBoth() {
        double[][] scores = {{0.9, 0.2}, {0.8, 0.1}, {0.3, 0.7}};
        double t = 5;
        double[][] expected = new double[3][2];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                double row = 0;
                double column = 0;
                for (int k = 0; k < 2; k++) {
                    row += Math.exp(t * scores[i][k]);
                }
                for (int k = 0; k < 3; k++) {
                    column += Math.exp(t * scores[k][j]);
                }
                double e = Math.exp(t * scores[i][j]);
                expected[i][j] = e / row * e / column;
            }
        }
        ScoreTable dual = new ScoreTable(scores).dualSoftmax(t);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                assertEquals(expected[i][j], Math.exp(dual.row(i)[j]), 1e-12);
            }
        }
    }

    public void testLargeTemperaturesDoNotOverflow() {
        double[] row = new ScoreTable(new double[][] {{1, -1}, {-1, 1}}).dualSoftmax(1e4).row(0);
        assertEquals(0, row[0], 1e-9);
        assertTrue(Double.isFinite(row[1]));
    }

    /** Which factor is best was found by direct computation, in Python. */
    public void testTheBestScaleIsChosen() {
        Relevance diagonal = new Relevance(List.of(Map.of(0, 1), Map.of(1, 1), Map.of(2, 1)));
        List<Double> grid = List.of(1., 10., 100.);
        double[][] low = {{0.7, 0.6, 0.3}, {0.1, 0.6, 0.2}, {0.9, 0.3, 0.9}};
        double[][] middle = {{0.2, 0.2, 0.1}, {0.4, 0.6, 0.7}, {0.6, 0.4, 0.9}};
        double[][] high = {{0.5, 0.7, 0.1}, {0.5, 1.0, 0.7}, {0.5, 0.2, 0.6}};
        assertEquals(1, diagonal.bestScale(new ScoreTable(low), grid), 0);
        assertEquals(10, diagonal.bestScale(new ScoreTable(middle), grid), 0);
        assertEquals(100, diagonal.bestScale(new ScoreTable(high), grid), 0);
        double[][] easy = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        assertEquals(
                "the smallest of equals", 1, diagonal.bestScale(new ScoreTable(easy), grid), 0);
    }

    private static Medium video(String id) {
        return new Medium(id, Medium.Kind.VIDEO, null, null);
    }

    public void testAnyCaptionOfAMediumCountsOnTheWayBack() {
        LabelledSet set =
                new LabelledSet(
                        "s",
                        "p",
                        List.of(video("a"), video("b")),
                        List.of(
                                new Caption("1", "x", "a"),
                                new Caption("2", "y", "b"),
                                new Caption("3", "z", "a")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        Relevance there = Relevance.textToMedia(set);
        assertEquals(List.of(Map.of(0, 1), Map.of(1, 1), Map.of(0, 1)), there.relevant());
        Relevance back = there.turned(2);
        assertEquals(List.of(Map.of(0, 1, 2, 1), Map.of(1, 1)), back.relevant());
        // the second caption of [a] is nearest to it, that of [b] is not to [b]
        ScoreTable scores = new ScoreTable(new double[][] {{0.1, 0.9}, {0.5, 0.8}, {0.9, 0.1}});
        assertEquals(0.5, back.measure(scores.transposed()).get("recall@1"), 0);
        assertEquals(2 / 3., there.measure(scores).get("recall@1"), 1e-12);
    }

    public void testVectorsOutliveAKilledRun() throws Exception {
        Path folder = createTempDir();
        String print = "sha256:" + "ab".repeat(32);
        try (EmbeddingStore store = new EmbeddingStore(folder, print)) {
            store.put("a text", new float[] {1, 2});
            store.put("another", new float[] {3, 4});
        }
        Path file = folder.resolve("embeddings-" + "ab".repeat(8) + ".bin");
        byte[] whole = Files.readAllBytes(file);
        // the machine stopped in the middle of the second record
        Files.write(
                file,
                java.util.Arrays.copyOf(whole, whole.length - 3),
                StandardOpenOption.TRUNCATE_EXISTING);
        try (EmbeddingStore store = new EmbeddingStore(folder, print)) {
            assertEquals(1, store.size());
            assertArrayEquals(new float[] {1, 2}, store.get("a text"), 0);
            assertNull(store.get("another"));
            store.put("another", new float[] {3, 4});
        }
        assertArrayEquals(whole, Files.readAllBytes(file));
    }
}
