package org.vidvec.world;

/** Capital letters and digits of 5 by 7 dots, so that no font of the machine has a say. */
final class Glyphs {

    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    /** From one letter to the next, in dots. */
    static final int ADVANCE = WIDTH + 1;

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int PER_BAND = 9;

    /** Bands of nine characters. */
    private static final String[] DOTS =
            """
            .###. ####. .#### ###.. ##### ##### .#### #...# .###.
            #...# #...# #.... #..#. #.... #.... #.... #...# ..#..
            #...# #...# #.... #...# #.... #.... #.... #...# ..#..
            ##### ####. #.... #...# ####. ####. #..## ##### ..#..
            #...# #...# #.... #...# #.... #.... #...# #...# ..#..
            #...# #...# #.... #..#. #.... #.... #...# #...# ..#..
            #...# ####. .#### ###.. ##### #.... .#### #...# .###.

            ..### #...# #.... #...# #...# .###. ####. .###. ####.
            ...#. #..#. #.... ##.## ##..# #...# #...# #...# #...#
            ...#. #.#.. #.... #.#.# ##..# #...# #...# #...# #...#
            ...#. ##... #.... #.#.# #.#.# #...# ####. #...# ####.
            ...#. #.#.. #.... #...# #..## #...# #.... #.#.# #.#..
            #..#. #..#. #.... #...# #..## #...# #.... #..#. #..#.
            .##.. #...# ##### #...# #...# .###. #.... .##.# #...#

            .#### ##### #...# #...# #...# #...# #...# ##### .###.
            #.... ..#.. #...# #...# #...# #...# #...# ....# #...#
            #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#. #..##
            .###. ..#.. #...# .#.#. #.#.# ..#.. ..#.. ..#.. #.#.#
            ....# ..#.. #...# .#.#. #.#.# .#.#. ..#.. .#... ##..#
            ....# ..#.. #...# ..#.. ##.## #...# ..#.. #.... #...#
            ####. ..#.. .###. ..#.. #...# #...# ..#.. ##### .###.

            ..#.. .###. ####. ...#. ##### .###. ##### .###. .###.
            .##.. #...# ....# ..##. #.... #.... ....# #...# #...#
            #.#.. ....# ....# .#.#. ####. #.... ....# #...# #...#
            ..#.. ..##. .###. #..#. ....# ####. ...#. .###. .####
            ..#.. .#... ....# ##### ....# #...# ..#.. #...# ....#
            ..#.. #.... ....# ...#. #...# #...# ..#.. #...# ....#
            ##### ##### ####. ...#. .###. .###. ..#.. .###. .###.
            """
                    .split("\\R+");

    private Glyphs() {}

    /**
     * @param character a capital letter, a digit, or a blank
     * @param x column, 0 to 4
     * @param y row, 0 to 6 from the top
     * @throws IllegalArgumentException if there is no such character
     */
    static boolean dot(char character, int x, int y) {
        if (character == ' ') {
            return false;
        }
        int index = CHARACTERS.indexOf(character);
        if (index < 0) {
            throw new IllegalArgumentException("no glyph for [" + character + "]");
        }
        String row = DOTS[index / PER_BAND * HEIGHT + y];
        return row.charAt(index % PER_BAND * ADVANCE + x) == '#';
    }

    /** Width of a text without the gap behind it, in dots. */
    static int width(String text) {
        return text.length() * ADVANCE - 1;
    }
}
