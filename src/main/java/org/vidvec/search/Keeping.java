package org.vidvec.search;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;

/**
 * Which hits of a window stay.
 *
 * @param minScore judged hits of a lower final score are left out; null for none
 * @param allowFailures whether a hit that can't be judged stays, below those that were, rather than
 *     failing the search; {@code minScore} says nothing of such hits
 */
record Keeping(Float minScore, boolean allowFailures) implements Writeable {

    /** All hits, each judged. */
    static final Keeping DEFAULT = new Keeping(null, false);

    /**
     * @throws IllegalArgumentException if the score is negative or not a number
     */
    Keeping {
        if (minScore != null && (minScore >= 0 && Float.isFinite(minScore)) == false) {
            throw new IllegalArgumentException(
                    "[min_score] must be at least [0], not ["
                            + minScore
                            + "]; scores can't be negative");
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    Keeping(StreamInput in) throws IOException {
        this(in.readOptionalFloat(), in.readBoolean());
    }

    /** Whether a judged hit stays. */
    boolean keeps(float score) {
        return minScore == null || score >= minScore;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalFloat(minScore);
        out.writeBoolean(allowFailures);
    }
}
