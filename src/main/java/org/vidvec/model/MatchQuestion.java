package org.vidvec.model;

import java.util.List;

/**
 * What the head is asked about a candidate (VidVec §3.3, ViLL-E §5.3). The candidate's frames come
 * first, so that their states do not depend on the query.
 *
 * @param text follows the candidate if the query is text; {@code {query}} is the query, {@code
 *     {type}} is {@code video} or {@code image}
 * @param media the same if the query holds an image or video
 * @param yes affirmative answers; those that the tokenizer has as one token count
 * @param no negative answers
 */
public record MatchQuestion(String text, String media, List<String> yes, List<String> no) {

    /** Stands for the query. */
    static final String QUERY = "{query}";

    /** Stands for {@code video} or {@code image}. */
    static final String TYPE = "{type}";

    /**
     * @throws IllegalArgumentException if a question has no place for the query
     */
    public MatchQuestion {
        for (String question : List.of(text, media)) {
            int at = question.indexOf(QUERY);
            if (at < 0 || question.indexOf(QUERY, at + 1) >= 0) {
                throw new IllegalArgumentException(
                        "a match question must hold [{query}] once; this does not: ["
                                + question
                                + "]");
            }
        }
    }

    static MatchQuestion read(CardJson json, MatchQuestion otherwise) {
        if (json == null) {
            return otherwise;
        }
        String text = json.string("text", otherwise.text);
        String media = json.string("media", otherwise.media);
        List<String> yes = json.strings("yes", otherwise.yes);
        List<String> no = json.strings("no", otherwise.no);
        json.finish();
        return new MatchQuestion(text, media, yes, no);
    }
}
