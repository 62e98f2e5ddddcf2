package org.vidvec.datasets;

/**
 * A medium, what should be different, and the medium that is so (ViLL-E §5.3).
 *
 * @param source id of what is shown with the words
 * @param change says what differs in the target
 * @param target id of another medium
 */
public record ComposedPair(String source, String change, String target) {

    /**
     * @throws IllegalArgumentException if source and target are the same
     */
    public ComposedPair {
        if (source.equals(target)) {
            throw new IllegalArgumentException(
                    "field [target] is [" + target + "]; it must be another than [source]");
        }
    }

    /** Of an object with the three fields. */
    static ComposedPair of(Fields fields) {
        return new ComposedPair(
                fields.text("source"), fields.text("change"), fields.text("target"));
    }
}
