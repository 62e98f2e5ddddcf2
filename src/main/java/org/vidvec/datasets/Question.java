package org.vidvec.datasets;

import java.util.List;

/**
 * A question about a medium.
 *
 * @param id unique among the questions of its set
 * @param medium id of the medium
 * @param answers all that are right, at least one
 * @param options to choose from, with a right one among them; empty for an open question
 */
public record Question(
        String id, String medium, String text, List<String> answers, List<String> options) {

    public Question {
        answers = List.copyOf(answers);
        options = List.copyOf(options);
    }
}
