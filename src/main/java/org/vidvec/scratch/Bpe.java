package org.vidvec.scratch;

import java.util.List;

/**
 * A byte-level BPE.
 *
 * @param tokens by id: all bytes, then what was merged, in the order of the merges
 * @param merges pairs of tokens that become one, first come first served
 */
record Bpe(List<String> tokens, List<Merge> merges) {

    /** Two neighbours that become one token. */
    record Merge(String left, String right) {
        String whole() {
            return left + right;
        }
    }

    Bpe {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
    }
}
