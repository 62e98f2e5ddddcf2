package org.vidvec.samples;

import java.util.List;

/** Where pairs come from. */
public sealed interface PairOrigin permits PairSource, GeneratedSource, SetSource {

    /** How often a sub-batch comes from here, against the other sources' weights. */
    double weight();

    /** What is embedded of it, and what is asked of that. */
    List<AskedSide> sides();
}
