package org.vidvec.model;

import java.util.List;

/**
 * What the head is asked about a candidate (VidVec §3.3, ViLL-E §5.3). The candidate comes first,
 * so that its states do not depend on the query, unless the question has a place for it.
 *
 * @param text follows the candidate if the query is text; {@code {query}} is the query, {@code
 *     {type}} is {@code video} or {@code image}, {@code {candidate}} the candidate
 * @param media the same if the query holds an image or video
 * @param yes affirmative answers; of the usual ones those that the tokenizer has as one token count
 * @param no negative answers
 * @param system the system message; empty for that of the chat template
 * @param answer what the answer begins with, before the token that is looked at
 * @param calibration how the logits become a score where a request does not say
 */
public record MatchQuestion(
        String text,
        String media,
        List<String> yes,
        List<String> no,
        String system,
        String answer,
        CardCalibration calibration) {

    /** Scored by P(Yes). */
    public MatchQuestion(
            String text,
            String media,
            List<String> yes,
            List<String> no,
            String system,
            String answer) {
        this(text, media, yes, no, system, answer, CardCalibration.NONE);
    }

    /** A question in the chat template as it is. */
    public MatchQuestion(String text, String media, List<String> yes, List<String> no) {
        this(text, media, yes, no, "", "");
    }

    /** Stands for the query. */
    static final String QUERY = "{query}";

    /** Stands for the candidate. */
    static final String CANDIDATE = "{candidate}";

    /** Stands for {@code video} or {@code image}. */
    static final String TYPE = "{type}";

    /**
     * @throws IllegalArgumentException if a question has no place for the query
     */
    public MatchQuestion {
        for (String question : List.of(text, media)) {
            int candidates = count(question, CANDIDATE);
            if (count(question, QUERY) != 1 || candidates > 1) {
                throw new IllegalArgumentException(
                        "a match question must hold [{query}] once"
                                + (candidates > 1 ? " and [{candidate}] at most once" : "")
                                + "; this does not: ["
                                + question
                                + "]");
            }
        }
    }

    private static int count(String text, String mark) {
        return (text.length() - text.replace(mark, "").length()) / mark.length();
    }

    /**
     * Whether the candidate comes before a query of these contents, which may be asked for others.
     */
    boolean isAfterCandidate(boolean words) {
        String question = words ? text : media;
        return question.indexOf(CANDIDATE) < question.indexOf(QUERY);
    }

    /** Whether candidates may be texts: a question with a place for them speaks of no pictures. */
    boolean takesTexts() {
        return text.contains(CANDIDATE);
    }

    static MatchQuestion read(CardJson json, MatchQuestion otherwise) {
        if (json == null) {
            return otherwise;
        }
        String text = json.string("text", otherwise.text);
        String media = json.string("media", otherwise.media);
        List<String> yes = json.strings("yes", otherwise.yes);
        List<String> no = json.strings("no", otherwise.no);
        String system = json.string("system", otherwise.system);
        String answer = json.string("answer", otherwise.answer);
        CardCalibration calibration =
                CardCalibration.read(json.object("calibration"), otherwise.calibration);
        json.finish();
        return new MatchQuestion(text, media, yes, no, system, answer, calibration);
    }

    /**
     * What fingerprints are made of: without the calibration, which came later and decides about no
     * vector and no logit.
     */
    @Override
    public String toString() {
        return "MatchQuestion[text="
                + text
                + ", media="
                + media
                + ", yes="
                + yes
                + ", no="
                + no
                + ", system="
                + system
                + ", answer="
                + answer
                + "]";
    }
}
