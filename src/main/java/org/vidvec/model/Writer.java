package org.vidvec.model;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Writes texts about contents: captions and answers (ViLL-E §5.2). Thread-safe. */
public interface Writer {

    /**
     * One text per task, in their order; each ends on its own.
     *
     * @throws ModelException of kind INPUT if a task does not fit the model
     */
    List<Written> write(List<Task> batch, WriteOptions options) throws ModelException;

    /** How many decoder tokens a task's prompt takes; cheap. */
    int countTokens(Task task) throws ModelException;

    /**
     * What is to be written.
     *
     * @param about contents, read in order before the words
     * @param question what is asked about them; null for a caption
     * @param pieces hears the text while it is written, whole characters in order
     * @param unwanted asked between two tokens: true ends the text where it is
     */
    record Task(
            List<Content> about,
            String question,
            Consumer<String> pieces,
            BooleanSupplier unwanted) {

        /**
         * @throws IllegalArgumentException if a question is empty
         */
        public Task {
            about = List.copyOf(about);
            if (question != null && question.isBlank()) {
                throw new IllegalArgumentException("[question] is empty; ask something");
            }
        }
    }

    /**
     * A text.
     *
     * @param text without special tokens
     * @param tokens that it took, its end token included
     * @param prompt tokens that the decoder read before
     * @param finish {@code stop}, {@code length} or {@code cancelled}
     */
    record Written(String text, int tokens, int prompt, String finish) {}
}
