package org.vidvec.world;

/**
 * A question about a clip or a page.
 *
 * @param text ends with a question mark
 * @param answer a word or a few; a short caption where an event is asked for
 * @param topic what it is about
 */
public record Question(String text, String answer, Topic topic) {

    Question(String text, String answer) {
        this(text, answer, Topic.WHOLE);
    }
}
