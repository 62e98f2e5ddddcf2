package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import org.elasticsearch.test.ESTestCase;

public class OrientationTests extends ESTestCase {

    private static final int ONE = 1 << 16;

    /** A picture of 2 x 3 letters, each repeated for R, G and B. */
    private static final String STORED = "abcdef";

    public void testUpright() {
        assertTurned("abcdef", ONE, 0, 0, ONE);
    }

    public void testHalfTurn() {
        assertTurned("fedcba", -ONE, 0, 0, -ONE);
    }

    public void testMirrored() {
        assertTurned("badcfe", -ONE, 0, 0, ONE);
    }

    /** Stored rows become columns from right to left: what a phone held upright writes. */
    public void testClockwise() {
        assertTurned("ecafdb", 0, ONE, -ONE, 0);
    }

    public void testCounterClockwise() {
        assertTurned("bdface", 0, -ONE, ONE, 0);
    }

    public void testAnyOtherAngleIsLeft() {
        assertTurned("abcdef", ONE / 2, ONE / 2, -ONE / 2, ONE / 2);
    }

    private static void assertTurned(String expected, int a, int b, int c, int d) {
        Orientation orientation = Orientation.of(new int[] {a, b, 0, c, d, 0, 0, 0, 1 << 30});
        byte[] turned = orientation.upright(rgb(STORED), 2, 3);
        assertEquals(
                expected, new String(turned, StandardCharsets.US_ASCII).replaceAll("(.)..", "$1"));
    }

    private static byte[] rgb(String letters) {
        return letters.replaceAll("(.)", "$1$1$1").getBytes(StandardCharsets.US_ASCII);
    }
}
