package org.vidvec.search;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * Turns a hit's first score and P(Yes) into its final score, which is never negative.
 *
 * @param mode how the two are combined
 * @param queryWeight factor of the first score
 * @param rescoreWeight factor of P(Yes)
 */
record ScoreBlend(ScoreMode mode, float queryWeight, float rescoreWeight)
        implements Writeable, ToXContentFragment {

    /** P(Yes) alone. */
    static final ScoreBlend DEFAULT = new ScoreBlend(ScoreMode.REPLACE, 1, 1);

    /**
     * Factor that puts hits that could not be judged below those that were, in the order of their
     * first scores. A judged hit below P(Yes) = 1e-6 is as good as unwanted, so it may lie there
     * too.
     */
    private static final double UNJUDGED = 1e-6;

    /**
     * @throws IllegalArgumentException if a weight is negative or not a number, or has no effect
     */
    ScoreBlend {
        requireWeight("query_weight", queryWeight);
        requireWeight("rescore_query_weight", rescoreWeight);
        if (mode == ScoreMode.REPLACE && queryWeight != 1) {
            throw new IllegalArgumentException(
                    "[query_weight] ["
                            + queryWeight
                            + "] has no effect with [score_mode] [replace], which drops the first"
                            + " score; leave it out, or choose [total], [multiply], [avg], [max]"
                            + " or [min]");
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    ScoreBlend(StreamInput in) throws IOException {
        this(in.readEnum(ScoreMode.class), in.readFloat(), in.readFloat());
    }

    /**
     * The final score of a judged hit.
     *
     * @param first its first score, at least 0
     * @param pYes 0..1
     */
    double judged(double first, double pYes) {
        return mode.combine(first * queryWeight, pYes * rescoreWeight);
    }

    /**
     * The final score of a hit that could not be judged: as if P(Yes) were 0, but so that such hits
     * keep their order, also across shards. Where 0 would make all of them equal, the first score
     * is scaled down instead.
     *
     * @param first its first score, at least 0
     */
    double unjudged(double first) {
        return switch (mode) {
            case TOTAL, AVG, MAX -> judged(first, 0);
            case REPLACE, MULTIPLY, MIN -> first * queryWeight * UNJUDGED;
        };
    }

    private static void requireWeight(String name, float weight) {
        if (Float.isFinite(weight) == false || weight < 0) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] must be at least [0], not ["
                            + weight
                            + "]; scores can't be negative");
        }
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.field("score_mode", mode.toString())
                .field("query_weight", queryWeight)
                .field("rescore_query_weight", rescoreWeight);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(mode);
        out.writeFloat(queryWeight);
        out.writeFloat(rescoreWeight);
    }
}
