package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.get.GetResult;
import org.elasticsearch.search.lookup.Source;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.xcontent.XContentType;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.InputSpec;

/** What a stored document gives as a query. */
public class LookupsTests extends ESTestCase {

    private TestThreadPool threads;

    @Before
    public void startThreads() {
        threads = new TestThreadPool(getTestName());
    }

    @After
    public void stopThreads() {
        terminate(threads);
    }

    /** Through the host's own filter of sources, as a shard would apply it. */
    private static GetResponse document(GetRequest get, String source) {
        Map<String, Object> all =
                XContentHelper.convertToMap(new BytesArray(source), false, XContentType.JSON).v2();
        Map<String, Object> asked =
                get.fetchSourceContext()
                        .filter()
                        .filterMap(Source.fromMap(all, XContentType.JSON))
                        .source();
        return new GetResponse(
                new GetResult(
                        get.index(),
                        get.id(),
                        0,
                        1,
                        1,
                        true,
                        Source.fromMap(asked, XContentType.JSON).internalSourceRef(),
                        Map.of(),
                        Map.of()));
    }

    private InputSpec read(String path, String source) {
        AnsweringClient client =
                new AnsweringClient(threads, get -> document((GetRequest) get, source));
        PlainActionFuture<List<QueryItem>> items = new PlainActionFuture<>();
        new Lookups(client)
                .resolve(
                        List.of(new QueryItem(null, new Lookup("i", "1", path, null), null)),
                        items);
        return items.actionGet().get(0).input();
    }

    private String refusal(String path, String source) {
        return expectThrows(IllegalArgumentException.class, () -> read(path, source)).getMessage();
    }

    /** As the processor writes it: 1, 2, 3 in base64. */
    private static String embedded(String target) {
        return "\"%s\": {\"frames\": \"AQID\", \"embedding\": [1], \"model\": {\"id\": \"m\", \"fingerprint\": \"f\"}}"
                .formatted(target);
    }

    private static InputSpec frames(String target) {
        return new InputSpec.Frames(
                "i/1/" + target + ".frames", new BytesArray(new byte[] {1, 2, 3}));
    }

    public void testTheOriginalComesFirst() {
        InputSpec original = read("video", "{\"video\": \"AAAA\", " + embedded("vidvec") + "}");
        assertEquals(
                new InputSpec.Inline(
                        "i/1/video", InputSpec.Type.VIDEO, new BytesArray(new byte[3])),
                original);
    }

    public void testFramesServeWhereTheOriginalWasRemoved() {
        assertEquals(frames("vidvec"), read("video", "{" + embedded("vidvec") + "}"));
        assertEquals(frames("clip"), read("video", "{\"title\": \"a\", " + embedded("clip") + "}"));
        assertEquals(
                frames("media.clip"),
                read("media.video", "{\"media\": {" + embedded("clip") + "}}"));
    }

    public void testFramesOfSeveralFieldsAreNotGuessed() {
        String both = "{" + embedded("clip") + ", " + embedded("poster") + "}";
        assertThat(
                refusal("video", both),
                containsString(
                        "the [lookup] of [i/1] finds no media in [video], but frames in [clip,"
                                + " poster]; name one of them as [path]"));
        assertEquals(frames("poster"), read("poster", both));
    }

    public void testWhatIsNoMediaIsRefused() {
        String help =
                "finds no media in [video]; name the field with the original, or the processor's"
                        + " target field if the document was ingested with [frames] among its"
                        + " [properties]";
        assertThat(refusal("video", "{\"title\": \"a\"}"), containsString(help));
        assertThat(refusal("video", "{\"other\": {\"frames\": \"AQID\"}}"), containsString(help));
        assertThat(
                refusal("title", "{\"title\": \"no video!\", " + embedded("vidvec") + "}"),
                containsString("finds no media in [title]; name the field"));
    }
}
