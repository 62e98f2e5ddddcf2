package org.vidvec.samples;

import java.util.List;

/** Where pairs come from. */
public sealed interface PairOrigin permits PairSource, GeneratedSource, SetSource {

    /** How often a sub-batch comes from here, against the other sources' weights. */
    double weight();

    /** Whether its pairs have something that is near the target and wrong. */
    default boolean hasNegatives() {
        return false;
    }

    /** What is embedded of it, and what is asked of that. */
    List<AskedSide> sides();
}
