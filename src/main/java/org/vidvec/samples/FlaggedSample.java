package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;

/**
 * A sample of several tasks: for each flag that it has what that task learns, null for the others.
 *
 * @param caption what is shown is found by its caption
 * @param asked a question and its answer
 * @param claimed a text that is true or false of it
 * @param moment an event in it
 */
public record FlaggedSample(
        List<Content> shown, EmbedPair caption, Asked asked, Claimed claimed, MomentSample moment) {

    /** Something shown, a question about it and the answer in words. */
    public record Asked(List<Content> shown, String question, String answer) {}

    /** Something shown, a text, and whether that is true of it. */
    public record Claimed(Content shown, String text, boolean matches) {}

    /** A caption that searches for what is shown, both asked as the card says. */
    static EmbedPair pair(List<Content> shown, String caption) {
        List<Content> text = List.of(new Content.Text(caption));
        return new EmbedPair(
                new EmbedInput(text, EmbedInput.Role.QUERY, null),
                new EmbedInput(shown, EmbedInput.Role.DOCUMENT, null),
                List.of());
    }
}
