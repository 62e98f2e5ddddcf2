package org.vidvec.world;

import java.util.List;

/**
 * The choices among ways to say the same. Each choice has a name and depends on nothing else, so
 * that two statements told in the same wording differ only where they say something else.
 *
 * @param seed any number
 */
record Wording(long seed) {

    <T> T pick(String choice, List<T> ways) {
        return dice(choice).pick(ways);
    }

    boolean chance(String choice, double probability) {
        return dice(choice).chance(probability);
    }

    <T> List<T> shuffled(String choice, List<T> items) {
        return dice(choice).shuffled(items);
    }

    /** A wording of its own for a part of a longer text. */
    Wording part(String name) {
        return new Wording(dice(name).next());
    }

    private Dice dice(String choice) {
        return Dice.of(seed, Dice.hash(choice));
    }
}
