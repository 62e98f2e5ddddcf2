package org.vidvec.search;

import static org.elasticsearch.test.ESTestCase.randomAlphaOfLength;
import static org.elasticsearch.test.ESTestCase.randomBoolean;
import static org.elasticsearch.test.ESTestCase.randomByteArrayOfLength;
import static org.elasticsearch.test.ESTestCase.randomFrom;
import static org.elasticsearch.test.ESTestCase.randomIntBetween;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.bytes.BytesArray;
import org.vidvec.action.InputSpec;
import org.vidvec.action.RepositoryUri;

/** Random inputs for round trips. */
final class Inputs {

    private Inputs() {}

    /**
     * One to three items.
     *
     * @param name what the parser calls the option that holds them
     */
    static List<QueryItem> random(String name) {
        int n = randomIntBetween(1, 3);
        List<QueryItem> items = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String at = n == 1 ? name : name + "[" + i + "]";
            items.add(randomIntBetween(0, 4) == 0 ? lookup() : QueryItem.of(item(at)));
        }
        return List.copyOf(items);
    }

    private static QueryItem lookup() {
        String routing = randomBoolean() ? null : randomAlphaOfLength(2);
        return new QueryItem(
                null,
                new Lookup(randomAlphaOfLength(4), randomAlphaOfLength(3), "vidvec", routing),
                null);
    }

    private static InputSpec item(String name) {
        InputSpec.Type media = randomFrom(InputSpec.Type.IMAGE, InputSpec.Type.VIDEO);
        if (randomBoolean()) {
            return new InputSpec.Text(randomAlphaOfLength(12));
        }
        return randomBoolean()
                ? new InputSpec.Inline(name, media, new BytesArray(randomByteArrayOfLength(9)))
                : new InputSpec.Link(
                        media, new RepositoryUri("clips", randomAlphaOfLength(5) + ".mp4"));
    }
}
