package org.vidvec.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which tokens of a prompt a decoder lets each other see. */
public enum Attention {
    /** Each token sees those before it: Qwen2, Qwen3. */
    CAUSAL,
    /**
     * Pictures and prompt see each other in both directions, and what is generated after them sees
     * those before it: PaliGemma (ViLL-E §3.1).
     */
    PREFIX;

    /** The name in model cards. */
    public String cardName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The attention of a name in a model card.
     *
     * @throws IllegalArgumentException that lists the names
     */
    static Attention of(String name) {
        for (Attention attention : values()) {
            if (attention.cardName().equals(name)) {
                return attention;
            }
        }
        List<String> known = Arrays.stream(values()).map(Attention::cardName).toList();
        throw new IllegalArgumentException("unknown attention [" + name + "]; known are " + known);
    }
}
