package org.vidvec.media;

import java.util.Arrays;
import org.elasticsearch.test.ESTestCase;

public class JfifPlanesTests extends ESTestCase {

    /** Values of the JFIF 1.02 formulas, rounded. */
    public void testPlainColours() {
        assertPlain(new int[] {0, 0, 0}, 0, 128, 128);
        assertPlain(new int[] {255, 255, 255}, 255, 128, 128);
        assertPlain(new int[] {255, 0, 0}, 76, 85, 255);
        assertPlain(new int[] {0, 255, 0}, 150, 44, 21);
        assertPlain(new int[] {0, 0, 255}, 29, 255, 107);
    }

    public void testColourIsTheMeanOfFourPixels() {
        // left column red, right column black
        byte[] rgb = {-1, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0};
        JfifPlanes planes = JfifPlanes.of(rgb, 2, 2);
        assertArrayEquals(new byte[] {76, 0, 76, 0}, planes.y());
        // 128 - 0.168736 * 127.5 and 128 + 0.5 * 127.5
        assertEquals(106, planes.cb()[0] & 255);
        assertEquals(192, planes.cr()[0] & 255);
    }

    private static void assertPlain(int[] colour, int y, int cb, int cr) {
        byte[] rgb = new byte[3 * 4 * 2];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) colour[i % 3];
        }
        JfifPlanes planes = JfifPlanes.of(rgb, 4, 2);
        assertAll(y, 8, planes.y());
        assertAll(cb, 2, planes.cb());
        assertAll(cr, 2, planes.cr());
    }

    private static void assertAll(int value, int size, byte[] plane) {
        byte[] expected = new byte[size];
        Arrays.fill(expected, (byte) value);
        assertArrayEquals(expected, plane);
    }
}
