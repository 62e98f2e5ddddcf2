package org.vidvec.lessons;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Draws by shares that need not add up to 1. */
final class Shares {

    private Shares() {}

    static <K extends Comparable<K>> K draw(Map<K, Double> shares, SplittableRandom random) {
        double all = shares.values().stream().mapToDouble(share -> share).sum();
        double point = random.nextDouble() * all;
        K last = null;
        // in an order of its own, which maps do not have
        for (Map.Entry<K, Double> share : new TreeMap<>(shares).entrySet()) {
            if (share.getValue() > 0) {
                last = share.getKey();
                point -= share.getValue();
                if (point < 0) {
                    return last;
                }
            }
        }
        return last;
    }
}
