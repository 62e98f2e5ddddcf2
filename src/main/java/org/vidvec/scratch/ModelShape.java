package org.vidvec.scratch;

/**
 * Sizes of a new model in Qwen2-VL's layout; the names are those of its config.json.
 *
 * @param hidden hidden_size of the decoder
 * @param layers num_hidden_layers
 * @param heads num_attention_heads
 * @param kvHeads num_key_value_heads
 * @param intermediate intermediate_size
 * @param vision the tower
 * @param vocabulary tokens at most, before the special ones
 */
public record ModelShape(
        int hidden,
        int layers,
        int heads,
        int kvHeads,
        int intermediate,
        Vision vision,
        int vocabulary) {

    /** Patches of this many pixels each way. */
    static final int PATCH = 14;

    /** Frames in a patch. */
    static final int FRAMES = 2;

    /** So many patches each way become one token. */
    static final int MERGE = 2;

    private static final int BYTES = 256;
    private static final int FREQUENCIES = 4;

    /**
     * Sizes of the vision tower.
     *
     * @param depth layers
     * @param embed embed_dim
     * @param heads num_heads
     */
    public record Vision(int depth, int embed, int heads) {}

    /**
     * @throws IllegalArgumentException if sizes don't fit each other, by their names
     */
    public ModelShape {
        divides("num_attention_heads", heads, "hidden_size", hidden);
        divides("num_key_value_heads", kvHeads, "num_attention_heads", heads);
        divides("vision.num_heads", vision.heads(), "vision.embed_dim", vision.embed());
        // both rotate pairs, the tower by rows and by columns
        divides("2 x num_attention_heads", 2 * heads, "hidden_size", hidden);
        divides(
                "4 x vision.num_heads",
                FREQUENCIES * vision.heads(),
                "vision.embed_dim",
                vision.embed());
        if (vocabulary < BYTES) {
            throw new IllegalArgumentException(
                    "[vocab_size] is ["
                            + vocabulary
                            + "]; it must be at least [256], one each byte");
        }
    }

    private static void divides(String part, int by, String whole, int value) {
        if (value % by != 0) {
            throw new IllegalArgumentException(
                    "["
                            + whole
                            + "] is ["
                            + value
                            + "]; it must be a multiple of ["
                            + part
                            + "], ["
                            + by
                            + "]");
        }
    }

    int headDim() {
        return hidden / heads;
    }
}
