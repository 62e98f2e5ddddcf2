package org.vidvec.prompt;

import java.util.Arrays;
import java.util.Locale;

/**
 * At which position the text after an image or video goes on. The two differ for clips with many
 * small frames.
 */
public enum PositionRule {
    /**
     * After the largest position of any axis; only pads after a vision start token count as vision.
     * The code that Qwen2-VL was released with (transformers 4).
     */
    CLASSIC,
    /** After max(height, width) of the token grid (transformers 5). */
    SPATIAL;

    /** The name in model cards. */
    public String cardName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rule of a name in a model card.
     *
     * @throws IllegalArgumentException that lists the names
     */
    public static PositionRule of(String name) {
        for (PositionRule rule : values()) {
            if (rule.cardName().equals(name)) {
                return rule;
            }
        }
        throw new IllegalArgumentException(
                "unknown position rule ["
                        + name
                        + "]; known are "
                        + Arrays.stream(values()).map(PositionRule::cardName).toList());
    }
}
