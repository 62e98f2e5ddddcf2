package org.vidvec.lessons;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vidvec.world.Difficulty;

/**
 * How near wrong texts are to true ones in the course of a run: shares that go in a line from those
 * of the first batch to those of a later one, and stay there.
 *
 * @param first shares of the difficulties of the first batch; need not add up to 1
 * @param last the same at the end
 * @param batches until then
 */
public record Curriculum(Map<Difficulty, Double> first, Map<Difficulty, Double> last, int batches) {

    /**
     * @throws IllegalArgumentException if no difficulty has a share
     */
    public Curriculum {
        first = Map.copyOf(first);
        last = Map.copyOf(last);
        for (Map<Difficulty, Double> shares : List.of(first, last)) {
            if (shares.values().stream().mapToDouble(d -> d).sum() <= 0) {
                throw new IllegalArgumentException("a difficulty must have a share above [0]");
            }
        }
    }

    /** Shares of a batch, from 0, by difficulty. */
    Map<Difficulty, Double> at(long batch) {
        double done = Math.min(1, (double) batch / batches);
        Map<Difficulty, Double> shares = new EnumMap<>(Difficulty.class);
        for (Difficulty difficulty : Difficulty.values()) {
            double begin = first.getOrDefault(difficulty, 0.);
            double end = last.getOrDefault(difficulty, 0.);
            shares.put(difficulty, begin + done * (end - begin));
        }
        return shares;
    }
}
