package org.vidvec.engine;

import java.util.List;

/** A file of a checkpoint is missing or unusable. The message names it. */
public final class CheckpointException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int NAMED = 3;

    private final transient List<String> problems;

    /** What is wrong with which file. */
    public CheckpointException(String message) {
        super(message);
        problems = List.of(message);
    }

    /**
     * @param cause must not have an {@link Error} among its causes: the node would die of it
     */
    public CheckpointException(String message, Exception cause) {
        super(message, cause);
        problems = List.of(message);
    }

    private CheckpointException(List<String> problems) {
        super(summary(problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Throws if there is any problem.
     *
     * @throws CheckpointException whose message has the first few and the number of the others
     */
    public static void throwIfAny(List<String> problems) throws CheckpointException {
        if (problems.isEmpty() == false) {
            throw new CheckpointException(problems);
        }
    }

    /** Everything that is wrong, one message each. */
    public List<String> problems() {
        return problems;
    }

    private static String summary(List<String> problems) {
        int left = problems.size() - NAMED;
        String first = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
        return left > 0 ? first + "; and [" + left + "] more, which [vidvec model] lists" : first;
    }
}
