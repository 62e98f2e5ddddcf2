package org.vidvec.inference;

import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.Embedding;

public class QueryCacheTests extends ESTestCase {

    private static QueryCache.Key key(String fingerprint, String text) {
        return new QueryCache.Key(
                fingerprint,
                new EmbedInput(List.of(new Content.Text(text)), EmbedInput.Role.QUERY, null));
    }

    private static Embedding embedding() {
        return new Embedding(new float[100], 1);
    }

    public void testAnotherModelIsAnotherEntry() {
        QueryCache cache = new QueryCache(10_000);
        Embedding embedding = embedding();
        cache.put(key("sha256:1", "dog"), embedding);
        assertSame(embedding, cache.get(key("sha256:1", "dog")));
        assertNull(cache.get(key("sha256:2", "dog")));
        assertNull(cache.get(key("sha256:1", "cat")));
        assertEquals(1, cache.snapshot().hits());
        assertEquals(2, cache.snapshot().misses());
    }

    public void testTheLeastRecentlyUsedGoesFirst() {
        QueryCache cache = new QueryCache(2_000);
        cache.put(key("m", "1"), embedding());
        long one = cache.snapshot().sizeBytes();
        assertTrue("two fit, three do not: " + one, one * 2 <= 2_000 && one * 3 > 2_000);
        cache.put(key("m", "2"), embedding());
        assertNotNull(cache.get(key("m", "1")));
        cache.put(key("m", "3"), embedding());
        assertNull(cache.get(key("m", "2")));
        assertNotNull(cache.get(key("m", "1")));
        assertNotNull(cache.get(key("m", "3")));
        assertEquals(1, cache.snapshot().evictions());
        assertEquals(2 * one, cache.snapshot().sizeBytes());
    }

    public void testWhatIsLargerThanTheCacheIsNotKept() {
        QueryCache cache = new QueryCache(0);
        cache.put(key("m", "1"), embedding());
        assertNull(cache.get(key("m", "1")));
        assertEquals(0, cache.snapshot().sizeBytes());
    }
}
