package org.vidvec.samples;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.DatasetException;
import org.vidvec.natives.NativeLibraries;

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

    private static PairData.Pair pair(int line, String query, String target) {
        PairData.Value asked = new PairData.Value(query, "");
        PairData.Value found = new PairData.Value(target, "");
        return new PairData.Pair(line, asked, found, List.of(), Set.of());
    }

    public void testBadLinesAreCountedAndNamed() throws Exception {
        PairData data = PairData.read(source(true), SHORT);
        assertEquals(List.of(pair(1, "one", "eins"), pair(8, "eight", "acht")), data.pairs());
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
        DatasetException e =
                expectThrows(DatasetException.class, () -> PairData.read(source, SHORT));
        assertThat(e.getMessage(), containsString("line [2] of ["));
        assertThat(e.getMessage(), containsString("[data.bad_lines] [skip]"));
    }

    public void testNothingToLearnFrom() throws Exception {
        PairSource source = new PairSource(source(true).file(), "x", "y", true);
        DatasetException none =
                expectThrows(DatasetException.class, () -> PairData.read(source, SHORT));
        assertThat(none.getMessage(), containsString("has no pair that can be used"));
        PairSource missing = new PairSource(createTempDir().resolve("no"), "x", "y", true);
        DatasetException e =
                expectThrows(DatasetException.class, () -> PairData.read(missing, SHORT));
        assertThat(e.getMessage(), containsString("can't read ["));
    }

    public void testSubBatchesAreOfOneSource() {
        List<SampleMix.Part> sources =
                List.of(new SampleMix.Part("a", 1, 6), new SampleMix.Part("b", 5, 12));
        SampleMix mix = new SampleMix(sources, 6, 3, 1);
        Map<Integer, Integer> counts = new HashMap<>();
        List<SampleMix.Sample> hundredth = List.of();
        for (int i = 0; i < 1000; i++) {
            List<SampleMix.Sample> batch = mix.next();
            assertEquals(6, new HashSet<>(batch).size());
            for (List<SampleMix.Sample> sub : List.of(batch.subList(0, 3), batch.subList(3, 6))) {
                assertEquals(1, sub.stream().map(SampleMix.Sample::source).distinct().count());
                counts.merge(sub.get(0).source(), 1, Integer::sum);
            }
            hundredth = i == 100 ? batch : hundredth;
        }
        assertEquals(2000 / 6.0, counts.get(0), 60);
        SampleMix again = new SampleMix(sources, 6, 3, 1);
        again.skip(100);
        assertEquals(hundredth, again.next());
    }

    public void testABatchThatNeedsAPairTwice() {
        SampleMix mix = new SampleMix(List.of(new SampleMix.Part("a", 1, 5)), 6, 3, 1);
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, mix::next);
        assertThat(e.getMessage(), containsString("[batch.size] is more than [a]"));
    }

    public void testNegativesAndFiles() throws Exception {
        Path folder = createTempDir();
        Files.write(folder.resolve("there.webm"), new byte[1]);
        Files.createDirectories(folder.resolve("frames"));
        Files.createDirectories(folder.resolve("empty"));
        Files.write(folder.resolve("frames/c01_0001.jpeg"), new byte[1]);
        Path file = folder.resolve("pairs.jsonl");
        Files.write(
                file,
                List.of(
                        "{\"v\": \"there.webm\", \"t\": \"a cat\", \"n\": [\"a dog\", \"a cow\"]}",
                        "{\"v\": \"frames\", \"t\": \"a cat\", \"n\": [\"a dog\", \"a cow\"]}",
                        "{\"v\": \"empty\", \"t\": \"a cat\", \"n\": [\"a dog\", \"a cow\"]}",
                        "{\"v\": \"gone.webm\", \"t\": \"a cat\", \"n\": [\"a dog\", \"a cow\"]}",
                        "{\"v\": \"there.webm\", \"t\": \"a cat\", \"n\": [\"a dog\"]}",
                        "{\"v\": \"there.webm\", \"t\": \"a cat\"}"));
        PairSource source =
                new PairSource(
                        file,
                        new PairSource.Side("v", PairSource.Kind.VIDEO, "", null),
                        PairSource.Side.text("t"),
                        "n",
                        4,
                        null,
                        0,
                        1,
                        true,
                        false);
        PairData data = PairData.read(source, (text, query) -> "");
        assertEquals("a folder of pictures is a video", 2, data.pairs().size());
        assertEquals(List.of("a dog", "a cow"), data.pairs().get(0).negatives());
        assertThat(data.skipped().get(0), containsString("field [v]: no file [empty]"));
        assertThat(data.skipped().get(1), containsString("field [v]: no file [gone.webm]"));
        assertThat(data.skipped().get(2), containsString("field [n] has [1] texts, those before"));
        assertThat(
                data.skipped().get(3), containsString("field [n] is no text and no list of texts"));
    }

    /** Each is told with its line before a run begins, and left out where that is asked for. */
    public void testWrongNegatives() throws Exception {
        Path file = createTempDir().resolve("pairs.jsonl");
        Files.write(
                file,
                List.of(
                        "{\"a\": \"feline\", \"t\": \"a cat\", \"n\": [\"a dog\", \"a cow\"]}",
                        "{\"a\": \"feline\", \"t\": \"a cat\", \"n\": [\"a dog\", \" \"]}",
                        "{\"a\": \"feline\", \"t\": \"a cat\", \"n\": [\"a dog\", 7]}",
                        "{\"a\": \"feline\", \"t\": \"a cat\", \"n\": {\"no\": \"a dog\"}}",
                        "{\"a\": \"feline\", \"t\": \"a cat\", \"n\": [\"a dog\", \"a cat \"]}"));
        PairSource.Side text = PairSource.Side.text("a");
        PairSource.Side target = PairSource.Side.text("t");
        for (boolean skips : new boolean[] {true, false}) {
            PairSource source =
                    new PairSource(file, text, target, "n", 4, null, 0, 1, skips, false);
            if (skips == false) {
                DatasetException e =
                        expectThrows(
                                DatasetException.class,
                                () -> PairData.read(source, (any, query) -> ""));
                assertThat(e.getMessage(), containsString("line [2] of [" + file));
                continue;
            }
            PairData data = PairData.read(source, (any, query) -> "");
            assertEquals(1, data.pairs().size());
            String[] faults = {
                "[n] is empty",
                "[n] is no text",
                "[n] is no text and no list of texts",
                "[n] has the text of field [t], [a cat]"
            };
            for (int i = 0; i < faults.length; i++) {
                assertThat(
                        data.skipped().get(i),
                        containsString(
                                "line [" + (i + 2) + "] of [" + file + "]: field " + faults[i]));
            }
        }
    }

    /** A row of MMEB-train: a picture with words, and one wrong text beside the right one. */
    public void testATextBesideAPicture() throws Exception {
        Path folder = createTempDir();
        Files.write(folder.resolve("there.jpg"), new byte[1]);
        Path file = folder.resolve("rows.jsonl");
        Files.write(
                file,
                List.of(
                        "{\"qry\": \"<|image_1|>\\nWhat is it?\", \"qry_image_path\": \"there.jpg\","
                                + " \"pos_text\": \"a cat\", \"neg_text\": \"a dog\"}",
                        "{\"qry\": \"<|image_1|>\\n\", \"qry_image_path\": \"there.jpg\","
                                + " \"pos_text\": \"a cat\", \"neg_text\": \"a dog\"}"));
        PairSource.Side query =
                new PairSource.Side("qry_image_path", PairSource.Kind.IMAGE, "qry", null);
        PairSource source =
                new PairSource(
                        file,
                        query,
                        PairSource.Side.text("pos_text"),
                        "neg_text",
                        4,
                        null,
                        0,
                        1,
                        true,
                        false);
        PairData data = PairData.read(source, (text, searches) -> "");
        PairData.Value asked = new PairData.Value("there.jpg", "What is it?");
        PairData.Value right = new PairData.Value("a cat", "");
        assertEquals(
                List.of(new PairData.Pair(1, asked, right, List.of("a dog"), Set.of())),
                data.pairs());
        assertThat(data.skipped().get(0), containsString("line [2] of ["));
        assertThat(data.skipped().get(0), containsString("field [qry] is empty"));
        assertEquals("text_image", source.sides().get(0).kind());
        assertEquals("text", source.sides().get(1).kind());
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new PairSource.Side("a", PairSource.Kind.TEXT, "b", null));
        assertThat(e.getMessage(), containsString("stands beside an image or a video"));
    }

    /** Counted by hand: "cat" is in five, "red" in two, "blue" and "fish" in one each. */
    public void testKeywordsAreBalanced() {
        List<String> captions =
                List.of(
                        "A red cat.",
                        "The cat and a cat",
                        "a blue cat",
                        "cat",
                        "A red fish",
                        "a cat is here");
        KeywordBalance.Kept kept = KeywordBalance.ofWords(2, 3).keep(captions);
        assertEquals(Map.of("cat", 5, "red", 2, "blue", 1, "fish", 1), kept.before());
        assertEquals("cat", kept.before().keySet().iterator().next());
        // three for "cat", then the fish for "red", which has one by then
        assertEquals(List.of(0, 1, 2, 4), kept.places());
        assertEquals(Map.of("cat", 3, "red", 2, "blue", 1, "fish", 1), kept.after());
        assertThat(kept.notes().get(1), containsString("4, the most frequent: cat 5, red 2"));
    }

    /** The labels count and not the words; the third has none, and "sea" is too rare. */
    public void testKeywordsOfLines() throws Exception {
        List<String> lines =
                List.of(
                        "{\"a\": \"a fish\", \"b\": \"x\", \"keywords\": [\"Animal\", \"sea\"]}",
                        "{\"a\": \"a fish\", \"b\": \"x\", \"keywords\": [\"animal \"]}",
                        "{\"a\": \"a fish\", \"b\": \"x\", \"keywords\": []}",
                        "{\"a\": \"a fish\", \"b\": \"x\", \"keywords\": [\"city\"]}",
                        "{\"a\": \"a fish\", \"b\": \"x\", \"keywords\": [\"city\", \"animal\"]}",
                        "{\"a\": \"a fish\", \"b\": \"x\", \"keywords\": \"city\"}");
        Path file = Files.write(createTempDir().resolve("pairs.jsonl"), lines);
        LinePairs pairs = labelled(file, 2);
        assertThat(pairs.notes().get(0), containsString("line [6] of ["));
        assertThat(pairs.notes().get(0), containsString("field [keywords] is no list of keywords"));
        assertThat(
                pairs.notes(),
                hasItem("keywords before: 3, the most frequent: animal 3, city 2, sea 1"));
        // two for "animal", then both for "city"
        assertEquals(4, pairs.size());
        assertEquals(List.of(1L, 2L, 4L, 5L), IntStream.range(0, 4).mapToObj(pairs::id).toList());
        DatasetException e = expectThrows(DatasetException.class, () -> labelled(file, 4));
        assertThat(e.getMessage(), containsString("is in [data.balance.least], [4], of its [5]"));
    }

    private static LinePairs labelled(Path file, int least) throws Exception {
        PairSource.Side text = PairSource.Side.text("a");
        PairSource.Side other = PairSource.Side.text("b");
        KeywordBalance balance = new KeywordBalance(least, 2, "keywords");
        PairSource source = new PairSource(file, text, other, "", 1, balance, 0, 1, true, false);
        return new LinePairs(source, (any, query) -> "", NativeLibraries.fromSystemProperty());
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
                containsString("takes [3] samples of one source, but one has only [2]"));
    }
}
