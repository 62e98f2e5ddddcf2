package org.vidvec.words;

import java.util.Arrays;

/** One of an enum's values, by the word that a request has for it. */
public final class OneOf {

    private OneOf() {}

    /**
     * The value whose {@code toString} is the word.
     *
     * @param field where the word stands
     * @param values all that there are, in the order in which they are told
     * @throws IllegalArgumentException if it is none of theirs; names the field and all of them
     */
    public static <E extends Enum<E>> E read(String field, String word, E[] values) {
        for (E value : values) {
            if (value.toString().equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown ["
                        + field
                        + "] ["
                        + word
                        + "]; it must be one of "
                        + Arrays.toString(values));
    }
}
