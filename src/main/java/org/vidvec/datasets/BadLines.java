package org.vidvec.datasets;

import java.util.ArrayList;
import java.util.List;

/** What is done about a line that can't be used: it ends the reading, or is noted and left out. */
public final class BadLines {

    /** What an admin may choose. */
    public enum Policy {
        /** The first one ends the reading. */
        FAIL,
        /** They are left out and counted. */
        SKIP
    }

    /** Reads one line or entry. */
    @FunctionalInterface
    interface Reading {
        /**
         * @throws IllegalArgumentException that names field and reason
         */
        void read();
    }

    private final Policy policy;
    private final List<String> skipped = new ArrayList<>();

    public BadLines(Policy policy) {
        this.policy = policy;
    }

    /**
     * Reads a line, or notes what is wrong with it.
     *
     * @param where the line and its file, for example {@code line [3] of [a.jsonl]}
     * @throws DatasetException if it is bad and the policy says so
     */
    void read(String where, Reading reading) throws DatasetException {
        try {
            reading.read();
        } catch (IllegalArgumentException e) {
            String message = where + ": " + e.getMessage();
            if (policy == Policy.FAIL) {
                throw new DatasetException(
                        message
                                + "; correct it, or leave such lines out with [--skip-bad], in a recipe"
                                + " [bad_lines] [skip]",
                        e);
            }
            skipped.add(message);
        }
    }

    /** What was left out, one message each. */
    public List<String> skipped() {
        return List.copyOf(skipped);
    }
}
