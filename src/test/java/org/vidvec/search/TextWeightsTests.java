package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;

public class TextWeightsTests extends ESTestCase {

    private TextWeights parse(String json) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
            parser.nextToken();
            return TextWeights.parse(parser);
        }
    }

    public void testOfWeightZeroIsNotJudged() throws IOException {
        TextWeights texts = parse("{\"title\": 0.5, \"vidvec.caption\": 0.0}");
        assertEquals(Map.of("title", 0.5f, "vidvec.caption", 0f), texts.byField());
        assertEquals(Set.of("title"), texts.judged());
    }

    public void testOutOfRangeIsRefusedByName() {
        Exception e = expectThrows(IllegalArgumentException.class, () -> parse("{\"title\": -1}"));
        assertEquals(
                "[fields.title] must be at least [0], not [-1.0]; the video's own weight is [1]",
                e.getMessage());
    }

    public void testTooManyAreRefused() {
        String nine =
                IntStream.range(0, 9)
                        .mapToObj(i -> "\"f" + i + "\": 1")
                        .collect(Collectors.joining(", ", "{", "}"));
        Exception e = expectThrows(IllegalArgumentException.class, () -> parse(nine));
        assertThat(
                e.getMessage(), containsString("[fields] names [9] fields, over the limit of [8]"));
    }
}
