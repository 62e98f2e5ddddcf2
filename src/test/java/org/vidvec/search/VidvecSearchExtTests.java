package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.action.InputSpec;
import org.vidvec.moments.SeedAndMerge;

public class VidvecSearchExtTests extends AbstractWireSerializingTestCase<VidvecSearchExt> {

    private static MomentsRequest moments() {
        return new MomentsRequest(
                randomBoolean() ? null : randomAlphaOfLength(4),
                Inputs.random("query"),
                randomAlphaOfLength(5),
                between(1, 9),
                new SeedAndMerge(randomDouble(), randomDouble(), randomBoolean(), randomDouble()),
                TimeValue.timeValueSeconds(between(1, 60)));
    }

    @Override
    protected VidvecSearchExt createTestInstance() {
        return new VidvecSearchExt(moments(), randomBoolean() ? null : new float[] {1, 2});
    }

    @Override
    protected VidvecSearchExt mutateInstance(VidvecSearchExt it) {
        return randomBoolean()
                ? new VidvecSearchExt(
                        randomValueOtherThan(it.moments(), VidvecSearchExtTests::moments),
                        it.vector())
                : new VidvecSearchExt(it.moments(), new float[] {3});
    }

    @Override
    protected Writeable.Reader<VidvecSearchExt> instanceReader() {
        return VidvecSearchExt::new;
    }

    private VidvecSearchExt parse(String json) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
            parser.nextToken();
            return VidvecSearchExt.fromXContent(parser);
        }
    }

    public void testDefaultsAndNames() throws IOException {
        MomentsRequest plain = parse("{\"moments\": {\"query\": \"a goal\"}}").moments();
        assertEquals(List.of(QueryItem.of(new InputSpec.Text("a goal"))), plain.query());
        assertEquals("vidvec.moments", plain.path());
        assertEquals(3, plain.size());
        assertEquals(SeedAndMerge.DEFAULT, plain.merge());
        assertEquals(QueryMode.MOMENT, plain.vector("m").style().mode());
        MomentsRequest all =
                parse(
                                """
                                {"moments": {"query": "a goal", "model_id": "m", "field": "v", "size": 5,
                                  "merge": {"alpha": 0.8, "threshold": 0.2}, "center_correct": false,
                                  "overlap": "keep", "timeout": "5s"}}
                                """)
                        .moments();
        assertEquals(new SeedAndMerge(0.8, 0.2, false, 1), all.merge());
        assertEquals("v.moments", all.path());
        assertEquals(TimeValue.timeValueSeconds(5), all.timeout());
        assertEquals(
                0.25,
                parse("{\"moments\": {\"query\": \"a\", \"overlap\": 0.25}}")
                        .moments()
                        .merge()
                        .maxOverlap(),
                0);
    }

    public void testRefusals() {
        assertRefused("{}", "[vidvec] requires [moments]");
        assertRefused("{\"moments\": {}}", "[vidvec] requires [query]");
        assertRefused(
                "{\"moments\": {\"query\": \"a\", \"size\": 0}}",
                "[size] must be at least [1], not [0]");
        assertRefused(
                "{\"moments\": {\"query\": \"a\", \"overlap\": \"some\"}}",
                "unknown [overlap] [some]; it must be [drop], [keep] or a number [0] to [1]");
        assertRefused(
                "{\"moments\": {\"query\": \"a\", \"overlap\": 2}}",
                "[overlap] must be [0] to [1], not [2.0]");
    }

    private void assertRefused(String json, String message) {
        Throwable e = expectThrows(IllegalArgumentException.class, () -> parse(json));
        while (e.getCause() != null) {
            e = e.getCause();
        }
        assertThat(e.getMessage(), containsString(message));
    }
}
