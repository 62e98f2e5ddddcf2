package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.test.ESTestCase;

/** Lines of pairs, good and bad, and the order in which they are seen. */
public class PairDataTests extends ESTestCase {

    private static final List<String> LINES =
            List.of(
                    "{\"a\": \"one\", \"b\": \"eins\"}",
                    "{\"a\": \"two\"}",
                    "{\"a\": \"three\", \"b\": 3}",
                    "{\"a\": \" \", \"b\": \"vier\"}",
                    "[5]",
                    "{\"a\": \"six\", \"b\"",
                    "{\"a\": \"seven\", \"b\": \"long\"}",
                    "{\"a\": \"eight\", \"b\": \"acht\", \"c\": null}");

    private static final PairData.TextCheck SHORT =
            (text, query) -> query == false && text.equals("long") ? "it is too long" : "";

    private static PairSource source(boolean skips) throws Exception {
        Path file = createTempDir().resolve("pairs.jsonl");
        Files.write(file, LINES);
        return new PairSource(file, "a", "b", skips);
    }

    public void testBadLinesAreCountedAndNamed() throws Exception {
        PairData data = PairData.read(source(true), SHORT);
        assertEquals(
                List.of(new PairData.Pair(1, "one", "eins"), new PairData.Pair(8, "eight", "acht")),
                data.pairs());
        assertThat(data.skipped(), hasSize(6));
        assertThat(data.skipped().get(0), containsString("line [2] of ["));
        String[] faults = {
            "field [b] is missing",
            "field [b] is no text",
            "field [a] is empty",
            "it is not a JSON object",
            "it is not JSON: ",
            "field [b]: it is too long"
        };
        for (int i = 0; i < faults.length; i++) {
            assertThat(data.skipped().get(i), containsString("jsonl]: " + faults[i]));
        }
    }

    public void testTheFirstBadLineEndsIt() throws Exception {
        PairSource source = source(false);
        TrainingException e =
                expectThrows(TrainingException.class, () -> PairData.read(source, SHORT));
        assertThat(e.getMessage(), containsString("line [2] of ["));
        assertThat(e.getMessage(), containsString("[data.bad_lines] [skip]"));
    }

    public void testNothingToLearnFrom() throws Exception {
        PairSource source = new PairSource(source(true).file(), "x", "y", true);
        TrainingException none =
                expectThrows(TrainingException.class, () -> PairData.read(source, SHORT));
        assertThat(none.getMessage(), containsString("has no pair that can be used"));
        PairSource missing = new PairSource(createTempDir().resolve("no"), "x", "y", true);
        TrainingException e =
                expectThrows(TrainingException.class, () -> PairData.read(missing, SHORT));
        assertThat(e.getMessage(), containsString("can't read ["));
    }

    public void testSubBatchesAreOfOneSource() {
        List<PairSource> sources = List.of(weighted("a", 1), weighted("b", 5));
        List<PairData> data = List.of(numbered(6), numbered(12));
        PairMix mix = new PairMix(sources, data, 6, 3, 1);
        Map<String, Integer> counts = new HashMap<>();
        List<PairMix.Sample> hundredth = List.of();
        for (int i = 0; i < 1000; i++) {
            List<PairMix.Sample> batch = mix.next();
            assertEquals(6, new HashSet<>(batch).size());
            for (List<PairMix.Sample> sub : List.of(batch.subList(0, 3), batch.subList(3, 6))) {
                assertEquals(1, sub.stream().map(PairMix.Sample::source).distinct().count());
                counts.merge(sub.get(0).source().query(), 1, Integer::sum);
            }
            hundredth = i == 100 ? batch : hundredth;
        }
        assertEquals(2000 / 6.0, counts.get("a"), 60);
        PairMix again = new PairMix(sources, data, 6, 3, 1);
        again.skip(100);
        assertEquals(hundredth, again.next());
    }

    public void testABatchThatNeedsAPairTwice() {
        List<PairSource> sources = List.of(weighted("a", 1));
        PairMix mix = new PairMix(sources, List.of(numbered(5)), 6, 3, 1);
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, mix::next);
        assertThat(e.getMessage(), containsString("[batch.size] is more than ["));
    }

    private static PairSource weighted(String name, double weight) {
        return new PairSource(null, name, "t", null, null, weight, false);
    }

    private static PairData numbered(int pairs) {
        List<PairData.Pair> all = new ArrayList<>();
        for (int i = 1; i <= pairs; i++) {
            all.add(new PairData.Pair(i, "q" + i, "t" + i));
        }
        return new PairData(all, List.of());
    }

    public void testEveryEpochHasAllOnceInItsOwnOrder() {
        BatchOrder order = new BatchOrder(10, 3, 1);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            seen.addAll(order.batch(i));
        }
        assertEquals(9, seen.size());
        assertNotEquals(order.batch(0), order.batch(3));
        assertEquals(order.batch(4), new BatchOrder(10, 3, 1).batch(4));
        assertNotEquals(order.batch(0), new BatchOrder(10, 3, 2).batch(0));
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> new BatchOrder(2, 3, 1));
        assertThat(
                e.getMessage(),
                containsString("takes [3] pairs of one source, but one has only [2]"));
    }
}
