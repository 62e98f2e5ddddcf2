package org.vidvec.world;

import java.util.List;
import java.util.Map;

/**
 * What texts that may be false are about more often than they would be.
 *
 * @param wrong how often the wrong word of a near text or a part is about each topic, against the
 *     others; all words alike if empty, and of texts that say nothing about these
 * @param grounds with some, six of ten false parts say that the background has one of these
 *     colours, and six of ten true ones where it has; all others are as without
 */
public record Emphasis(Map<Topic, Double> wrong, List<Background.Paint> grounds) {

    /** All words alike. */
    public static final Emphasis NONE = new Emphasis(Map.of(), List.of());

    public Emphasis {
        wrong = Map.copyOf(wrong);
        grounds = List.copyOf(grounds);
    }

    /** On words alone. */
    public static Emphasis on(Map<Topic, Double> wrong) {
        return new Emphasis(wrong, List.of());
    }
}
