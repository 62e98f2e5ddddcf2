package org.vidvec.scratch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A visible letter for every byte, in which byte-level BPE is written down (Radford et al. 2019):
 * printable bytes stand for themselves, the others for the letters from 256 on.
 */
final class ByteLetters {

    private static final int BYTES = 256;
    private static final String[] LETTERS = letters();

    private ByteLetters() {}

    private static String[] letters() {
        String[] letters = new String[BYTES];
        int next = BYTES;
        for (int i = 0; i < BYTES; i++) {
            boolean visible = (i >= '!' && i <= '~') || (i >= 0xa1 && i <= 0xac) || i >= 0xae;
            letters[i] = String.valueOf((char) (visible ? i : next++));
        }
        return letters;
    }

    /** All of them in the order of their code points. */
    static List<String> sorted() {
        List<String> sorted = new ArrayList<>(List.of(LETTERS));
        sorted.sort(null);
        return sorted;
    }

    /** The letters of a text's bytes in UTF-8. */
    static List<String> of(String text) {
        List<String> letters = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            letters.add(LETTERS[b & 0xff]);
        }
        return letters;
    }
}
