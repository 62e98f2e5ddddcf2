package org.vidvec.backbone;

import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.prompt.PreparedSequence;

/** Layouts as transformers' tokenizers and models make them: left and right of the fixtures. */
public class PaddedBatchTests extends ESTestCase {

    private static PreparedSequence text(long first, int prefix, long... ids) {
        long[] positions = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            positions[i] = first + i;
        }
        return new PreparedSequence(
                ids, new long[][] {positions, positions, positions}, List.of(), prefix);
    }

    public void testLeft() {
        PaddedBatch padded =
                PaddedBatch.of(
                        List.of(text(0, 0, 7, 8), text(0, 0, 1, 2, 3, 4)),
                        PaddedBatch.Side.LEFT,
                        9);
        assertArrayEquals(new long[] {9, 9, 7, 8}, padded.ids()[0]);
        assertArrayEquals(new long[] {0, 0, 1, 1}, padded.mask()[0]);
        assertArrayEquals(new long[] {1, 1, 1, 1}, padded.mask()[1]);
        assertArrayEquals(new long[] {0, 1, 2, 3}, padded.positions());
        PreparedSequence packed = padded.sequences().get(0);
        assertArrayEquals(new long[] {7, 8}, packed.ids());
        assertArrayEquals("its places in the layout", new long[] {2, 3}, packed.positions()[2]);
    }

    public void testRightWithAPrefix() {
        PaddedBatch padded =
                PaddedBatch.of(
                        List.of(text(1, 2, 7, 8), text(1, 3, 1, 2, 3)), PaddedBatch.Side.RIGHT, 0);
        assertArrayEquals(new long[] {7, 8, 0}, padded.ids()[0]);
        assertArrayEquals(new long[] {1, 1, 0}, padded.mask()[0]);
        assertArrayEquals(new long[] {1, 2, 3}, padded.positions());
        PreparedSequence packed = padded.sequences().get(0);
        assertArrayEquals(new long[] {7, 8}, packed.ids());
        assertArrayEquals(new long[] {1, 2}, packed.positions()[0]);
        assertEquals(2, packed.prefix());
    }
}
