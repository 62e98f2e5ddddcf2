package org.vidvec.action;

import java.util.function.IntSupplier;
import org.vidvec.inference.MomentsWanted;

/**
 * How many moments a document may have on this node.
 *
 * @param max the value of the setting
 */
public record MomentLimit(IntSupplier max) {

    /** The setting. */
    static final String SETTING = "vidvec.moments.max_per_document";

    /**
     * What a request may ask for.
     *
     * @throws IllegalArgumentException if it asks for more
     */
    public void check(MomentsSpec spec) {
        int limit = max.getAsInt();
        if (spec.maxMoments() > limit) {
            throw new IllegalArgumentException(
                    "[max_moments] ["
                            + spec.maxMoments()
                            + "] is over the limit of ["
                            + limit
                            + "] set by ["
                            + SETTING
                            + "]; lower it, take longer windows, or raise the setting (and"
                            + " [index.mapping.nested_objects.limit] with it)");
        }
    }

    MomentsWanted wanted(MomentsSpec spec) {
        check(spec);
        boolean own = spec.maxMoments() > 0;
        return new MomentsWanted(
                spec.kind(),
                spec.windows(),
                own ? spec.maxMoments() : max.getAsInt(),
                own ? "max_moments" : SETTING,
                spec.keep(),
                spec.captions(),
                spec.aggregate(),
                spec.aggregateFrom());
    }
}
