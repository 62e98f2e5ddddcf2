package org.vidvec.datasets;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Lines, ids and files that can't be used are told by name, or left out and counted. */
public class BadSetTests extends ESTestCase {

    private Path folder;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        folder = createTempDir();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private LabelledSet read(String layout, BadLines.Policy policy) throws DatasetException {
        return Datasets.read(new Datasets.Order(folder, layout, null, "test", policy));
    }

    private String refusal(String layout) {
        return expectThrows(DatasetException.class, () -> read(layout, BadLines.Policy.FAIL))
                .getMessage();
    }

    public void testABadLineIsToldWithNumberFieldAndReason() throws Exception {
        file("a.mp4", "");
        file(
                "own.jsonl",
                "{\"video\": \"a.mp4\", \"caption\": \"good\"}\n\n"
                        + "{\"video\": \"a.mp4\", \"caption\": 5, \"moments\": 7}\n"
                        + "{\"video\": \"a.mp4\", \"captions\": [\"\"]}\nnot json\n");
        assertThat(refusal(null), containsString("line [3] of ["));
        assertThat(refusal(null), containsString("field [moments] is [7]; it must be a list"));

        LabelledSet set = read(null, BadLines.Policy.SKIP);
        assertEquals(1, set.captions().size());
        assertEquals(3, set.skipped().size());
        assertThat(set.skipped().get(1), containsString("line [4]"));
        assertThat(set.skipped().get(1), containsString("field [captions]"));
        assertThat(set.skipped().get(2), containsString("line [5]"));
        assertThat(set.skipped().get(2), containsString("it is not JSON"));
    }

    public void testCharadesNamesTheField() throws Exception {
        file("3MSZA.mp4", "");
        file("charades_sta_test.txt", "3MSZA 24.3 soon##person turns.\n");
        assertThat(refusal(null), containsString("line [1]"));
        assertThat(refusal(null), containsString("field [end] is [soon]; it must be a number"));
        file("charades_sta_test.txt", "3MSZA 24.3 2##person turns.\n");
        assertThat(refusal(null), containsString("has no length"));
    }

    public void testAnEntryOfAListIsToldByItsNumber() throws Exception {
        file("test_data.json", "[{\"video\": \"v\", \"description\": \"d\", \"times\": []}]");
        assertThat(refusal(null), containsString("entry [1] of [descriptions]"));
        assertThat(refusal(null), containsString("field [times] is empty"));
        file("v.mp4", "");
        file(
                "val_1.json",
                "{\"v\": {\"duration\": 3, \"timestamps\": [], \"sentences\": [\"s\"]}}");
        assertThat(refusal("activitynet"), containsString("video [v] of ["));
        assertThat(refusal("activitynet"), containsString("[timestamps] has [0] entries"));
    }

    /** It would be learnt as Yes and as No. */
    public void testAFalseTextThatIsTrue() throws Exception {
        file("a.mp4", "");
        String wrong = "{\"text\": \"she eats\", \"matches\": false}";
        String good =
                "{\"video\": \"a.mp4\", \"caption\": \"food\", \"matches\": [" + wrong + "]}\n";
        file(
                "own.jsonl",
                good
                        + good.replace("food", "she eats")
                        + good.replace("[", "[" + wrong.replace("false", "true") + ", "));
        assertThat(refusal(null), containsString("line [2] of ["));
        assertThat(
                refusal(null),
                containsString("field [text] is [\"she eats\"]; it must be false of [a.mp4]"));
        LabelledSet set = read(null, BadLines.Policy.SKIP);
        assertEquals(1, set.claims().size());
        assertThat(set.skipped().get(1), containsString("line [3] of ["));
    }

    /** Windows would slide over it without end. */
    public void testAVideoThatIsLongerThanVideosAre() throws Exception {
        file("v.mp4", "");
        String moments = "\"moments\": [{\"start\": 1, \"end\": 2, \"caption\": \"x\"}]}\n";
        file(
                "own.jsonl",
                "{\"video\": \"v.mp4\", \"duration\": 12, "
                        + moments
                        + "{\"video\": \"v.mp4\", \"duration\": 1e999, "
                        + moments);
        assertThat(refusal(null), containsString("line [2] of ["));
        assertThat(
                refusal(null),
                containsString(
                        "field [duration] is [Infinity]; the length of a video must be at most"
                                + " [86400] seconds"));
        assertEquals(1, read(null, BadLines.Policy.SKIP).moments().size());
        Files.delete(folder.resolve("own.jsonl"));
        file("charades_sta_test.txt", "v 0 2##person turns.\n");
        file("Charades_v1_test.csv", "id,length\nv,100000\n");
        assertThat(refusal(null), containsString("field [length] is [100000.0]"));
    }

    public void testIdsThatDoNotMatchAreCounted() throws Exception {
        file("p.png", "");
        file("queries.jsonl", "{\"query-id\": \"1\", \"query\": \"what?\"}\n");
        file("corpus.jsonl", "{\"corpus-id\": \"p\", \"image\": \"p.png\"}\n");
        file("qrels.jsonl", "{\"query-id\": \"1\", \"corpus-id\": \"x\", \"score\": 1}\n");
        assertThat(
                refusal(null),
                containsString(
                        "set [vidore] has [1] media, but speaks of [1] ids that are not among them,"
                                + " beginning with [x]"));
        file("qrels.jsonl", "{\"query-id\": \"2\", \"corpus-id\": \"p\", \"score\": 1}\n");
        assertThat(refusal(null), containsString("names [1] queries that [queries] does not have"));
    }

    public void testMissingMediaAreCountedAndNamed() throws Exception {
        file("own.jsonl", "{\"video\": \"a.mp4\", \"caption\": \"x\"}\n");
        assertThat(refusal(null), containsString("none of the [1] media of set [jsonl] is in ["));
        assertThat(refusal(null), containsString("beginning with [a.mp4]"));
        file("b.mp4", "");
        file(
                "own.jsonl",
                "{\"video\": \"a.mp4\", \"caption\": \"x\"}\n"
                        + "{\"video\": \"b.mp4\", \"caption\": \"y\"}\n");
        LabelledSet set = read(null, BadLines.Policy.FAIL);
        assertEquals(List.of("a.mp4"), set.missing());
        assertEquals(1, set.captions().size());
    }

    public void testWhatIsUnknownIsToldWithWhatIsKnown() throws Exception {
        assertThat(refusal(null), containsString("known are [manifest, msrvtt, msvd, vatex,"));
        assertThat(refusal("msr"), containsString("unknown layout [msr]; known are [manifest"));
        assertThat(refusal("msvd"), containsString("has none of the files [AllVideoDescriptions"));
        assertThat(
                expectThrows(
                                DatasetException.class,
                                () ->
                                        Datasets.read(
                                                new Datasets.Order(
                                                        folder.resolve("not"),
                                                        null,
                                                        null,
                                                        "test",
                                                        BadLines.Policy.FAIL)))
                        .getMessage(),
                containsString("there is no set ["));
    }

    /** A name in annotations must not lead out of the folder. */
    public void testANameLeadsNowhereElse() throws Exception {
        Path secret = createTempDir().resolve("secret.mp4");
        Files.writeString(secret, "");
        String way = folder.toAbsolutePath().relativize(secret.toAbsolutePath()).toString();
        file("own.jsonl", "{\"video\": \"" + way + "\", \"caption\": \"x\"}\n");
        assertThat(refusal(null), containsString("none of the [1] media"));
    }
}
