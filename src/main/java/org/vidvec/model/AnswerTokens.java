package org.vidvec.model;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;

/**
 * Token ids of the head's answers.
 *
 * @param yes affirmative, at least one
 * @param no negative, at least one
 */
record AnswerTokens(long[] yes, long[] no) {

    /**
     * The answers of a question that the tokenizer has as one token.
     *
     * @throws ModelException of kind CHECKPOINT if one side has none
     */
    static AnswerTokens of(MatchQuestion question, Tokenizer tokenizer) throws ModelException {
        return new AnswerTokens(
                ids("yes", question.yes(), tokenizer), ids("no", question.no(), tokenizer));
    }

    /**
     * Requires that the tokenizer has every answer that a card names itself; of the usual ones it
     * may lack some.
     *
     * @param usual what is asked where no card says anything
     * @throws ModelException of kind CHECKPOINT if it lacks one
     */
    static void requireNamed(MatchQuestion question, MatchQuestion usual, Tokenizer tokenizer)
            throws ModelException {
        requireNamed("yes", question.yes(), usual.yes(), tokenizer);
        requireNamed("no", question.no(), usual.no(), tokenizer);
    }

    private static void requireNamed(
            String side, List<String> answers, List<String> usual, Tokenizer tokenizer)
            throws ModelException {
        for (String answer : answers) {
            if (usual.contains(answer) == false && id(answer, tokenizer).isEmpty()) {
                throw new ModelException(
                        ModelException.Kind.CHECKPOINT,
                        "[match."
                                + side
                                + "] in ["
                                + ModelCard.FILE
                                + "] names ["
                                + answer
                                + "], which is no single token of this tokenizer; take it out or"
                                + " name one that is");
            }
        }
    }

    /** The token that an answer is as a whole, if it is one. */
    static OptionalLong id(String answer, Tokenizer tokenizer) throws ModelException {
        try {
            return tokenizer.id(answer);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    private static long[] ids(String side, List<String> answers, Tokenizer tokenizer)
            throws ModelException {
        LongStream.Builder ids = LongStream.builder();
        for (String answer : answers) {
            id(answer, tokenizer).ifPresent(ids::add);
        }
        long[] found = ids.build().distinct().toArray();
        if (found.length == 0) {
            throw new ModelException(
                    ModelException.Kind.CHECKPOINT,
                    "none of the answers "
                            + answers
                            + " is a single token of this tokenizer; set [match."
                            + side
                            + "] in ["
                            + ModelCard.FILE
                            + "] to answers that are");
        }
        return found;
    }
}
