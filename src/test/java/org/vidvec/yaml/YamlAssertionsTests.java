package org.vidvec.yaml;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.rest.Stash;

/** A runner that lets everything pass would make every YAML test worthless. */
public class YamlAssertionsTests extends ESTestCase {

    private final Stash stash = new Stash();

    private void check(String kind, Object claim) throws IOException {
        Map<String, Object> hit = Map.of("_id", "a", "_score", 0.5);
        Map<String, Object> response =
                Map.of("took", 3, "timed_out", false, "hits", Map.of("hits", List.of(hit, hit)));
        new YamlAssertions(response, stash).check(kind, claim);
    }

    private void assertHolds(String kind, Object claim) throws IOException {
        check(kind, claim);
    }

    private void assertFails(String kind, Object claim) {
        expectThrows(AssertionError.class, () -> check(kind, claim));
    }

    public void testMatch() throws IOException {
        assertHolds("match", Map.of("took", 3L));
        assertHolds("match", Map.of("hits.hits.1._id", "a"));
        assertHolds("match", Map.of("hits.hits.0._id", "/ ^ [ab] $ /"));
        assertHolds("match", Map.of("hits.hits.0", Map.of("_id", "a", "_score", 0.5f)));
        assertFails("match", Map.of("took", 4));
        assertFails("match", Map.of("hits.hits.0._id", "/^b/"));
        assertFails("match", Map.of("hits.hits.0", Map.of("_id", "a")));
        assertFails("match", Map.of("nowhere", "a"));
    }

    public void testStashedValue() throws IOException {
        stash.stashValue("id", "a");
        assertHolds("match", Map.of("hits.hits.0._id", "$id"));
        stash.stashValue("id", "b");
        assertFails("match", Map.of("hits.hits.0._id", "$id"));
    }

    public void testLength() throws IOException {
        assertHolds("length", Map.of("hits.hits", 2));
        assertFails("length", Map.of("hits.hits", 3));
        assertFails("length", Map.of("nowhere", 0));
    }

    public void testTruth() throws IOException {
        assertHolds("is_true", "hits.hits.0._id");
        assertHolds("is_false", "timed_out");
        assertHolds("is_false", "nowhere");
        assertFails("is_true", "timed_out");
        assertFails("is_false", "took");
    }

    public void testComparisons() throws IOException {
        assertHolds("gt", Map.of("took", 2));
        assertHolds("gte", Map.of("took", 3));
        assertHolds("lt", Map.of("took", 3.5));
        assertHolds("lte", Map.of("took", 3));
        assertHolds("close_to", Map.of("took", Map.of("value", 3.05, "error", 0.1)));
        assertFails("gt", Map.of("took", 3));
        assertFails("gte", Map.of("took", 4));
        assertFails("lt", Map.of("took", 3));
        assertFails("lte", Map.of("took", 2));
        assertFails("close_to", Map.of("took", Map.of("value", 3.2, "error", 0.1)));
        assertFails("gt", Map.of("nowhere", 3));
    }

    public void testUnknownClaimIsRefused() {
        expectThrows(IllegalArgumentException.class, () -> check("matches", Map.of("took", 3)));
    }
}
