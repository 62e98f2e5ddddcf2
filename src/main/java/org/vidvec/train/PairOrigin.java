package org.vidvec.train;

/** Where pairs come from. */
sealed interface PairOrigin permits PairSource, GeneratedSource {

    /** How often a sub-batch comes from here, against the other sources' weights. */
    double weight();
}
