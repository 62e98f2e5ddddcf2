package org.vidvec.media;

import org.elasticsearch.test.ESTestCase;

public class ReorderingTests extends ESTestCase {

    public void testDepthIsTheNumberOfLaterFramesDecodedBefore() {
        assertEquals(0, depth(0, 1, 2, 3));
        // I P B B, as MPEG-4 has them
        assertEquals(1, depth(0, 3, 1, 2, 6, 4, 5));
        // I P B b b with a B that others refer to
        assertEquals(2, depth(0, 4, 2, 1, 3, 8, 6, 5, 7));
    }

    public void testDepthHasALimit() {
        long[] backwards = new long[100];
        for (int i = 0; i < backwards.length; i++) {
            backwards[i] = -i;
        }
        assertEquals(16, depth(backwards));
    }

    private static int depth(long... ticks) {
        Reordering reordering = new Reordering();
        for (long tick : ticks) {
            reordering.add(tick);
        }
        return reordering.depth();
    }
}
