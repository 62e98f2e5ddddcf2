package org.vidvec.world;

/**
 * A question about a clip or a page.
 *
 * @param text ends with a question mark
 * @param answer a word or a few; a short caption where an event is asked for
 * @param naming whether the answer names what is seen: the shape of a figure, the words of a sign,
 *     the title of a chart or table
 */
public record Question(String text, String answer, boolean naming) {

    Question(String text, String answer) {
        this(text, answer, false);
    }
}
