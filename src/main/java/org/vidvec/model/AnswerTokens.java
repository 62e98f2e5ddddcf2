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

    private static long[] ids(String side, List<String> answers, Tokenizer tokenizer)
            throws ModelException {
        LongStream.Builder ids = LongStream.builder();
        for (String answer : answers) {
            try {
                OptionalLong id = tokenizer.id(answer);
                id.ifPresent(ids::add);
            } catch (EngineException e) {
                throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
            }
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
