package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * The bounds of the fixtures' README. A case says how far two correct implementations are apart in
 * float32 ({@code eager_vs_sdpa_max_abs}); ten times that counts where it is more than the README's
 * own number for that kind of tensor.
 */
final class Bounds {

    private static final double STATES = 2e-4;
    // the adapters of the fixtures make the states larger
    private static final double ADAPTED_STATES = 2e-3;
    private static final double LOGITS = 3e-4;
    private static final double EMBEDDINGS = 1e-5;
    // one float32 step or two of a normalised pixel
    private static final double PIXELS = 1e-6;
    private static final double APART = 10;
    // bfloat16 against bfloat16: other kernels round elsewhere
    private static final Bound HALF_COSINE = new Bound(0.999, true);
    private static final double HALF_P_YES = 0.02;

    private final JsonObject reference;
    private final boolean adapted;

    /**
     * @param reference the object of a case that holds {@code eager_vs_sdpa_max_abs}; null if it
     *     has none
     * @param adapted whether an adapter was merged
     */
    Bounds(JsonObject reference, boolean adapted) {
        this.reference = reference;
        this.adapted = adapted;
    }

    /**
     * The bound of a tensor of floats.
     *
     * @param name without the prefix of a row; with {@code bf16.}
     */
    Bound of(String name) {
        if (name.startsWith("bf16.")) {
            return name.equals("bf16.p_yes") ? new Bound(HALF_P_YES, false) : HALF_COSINE;
        }
        return new Bound(Math.max(byKind(name), APART * apart(name)), false);
    }

    private double byKind(String name) {
        if (name.startsWith("input.") || name.startsWith("compression")) {
            return PIXELS;
        }
        boolean ofLogits = name.startsWith("logits") || name.equals("greedy_margin");
        if (ofLogits || name.equals("yes_no_logprob")) {
            return LOGITS;
        }
        boolean unit =
                name.startsWith("embedding")
                        || name.endsWith(".embedding")
                        || name.endsWith("_unit")
                        || name.equals("p_yes");
        if (unit) {
            return EMBEDDINGS;
        }
        boolean decoder = name.startsWith("hidden_states") || name.startsWith("last_layer");
        return adapted && decoder ? ADAPTED_STATES : STATES;
    }

    private double apart(String name) {
        if (reference == null || reference.has("eager_vs_sdpa_max_abs") == false) {
            return 0;
        }
        JsonObject all = reference.getAsJsonObject("eager_vs_sdpa_max_abs");
        if (all.has(name)) {
            return all.get(name).getAsDouble();
        }
        if (name.startsWith("hidden_states.") && all.has("hidden_states_per_layer")) {
            int layer = Integer.parseInt(name.substring("hidden_states.".length()));
            JsonArray perLayer = all.getAsJsonArray("hidden_states_per_layer");
            return layer < perLayer.size() ? perLayer.get(layer).getAsDouble() : 0;
        }
        return 0;
    }
}
