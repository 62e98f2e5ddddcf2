package org.vidvec.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes of a Qwen2-VL checkpoint, under the names of its config.json.
 *
 * @param hidden_size of the decoder
 * @param intermediate_size of its MLP
 * @param num_hidden_layers of the decoder
 * @param num_attention_heads for queries
 * @param num_key_value_heads for keys and values
 * @param vocab_size rows of the embedding table
 * @param depth layers of the vision tower
 * @param embed_dim of the vision tower
 * @param num_heads of the vision tower
 */
public record CheckpointShape(
        int hidden_size,
        int intermediate_size,
        int num_hidden_layers,
        int num_attention_heads,
        int num_key_value_heads,
        int vocab_size,
        int depth,
        int embed_dim,
        int num_heads) {

    /** Pixels along an edge of a patch, frames in it, patches along an edge of a token. */
    static final int PATCH = 14;

    static final int TEMPORAL_PATCH = 2;
    static final int MERGE = 2;
    static final int MLP_RATIO = 4;

    private static final Map<String, CheckpointShape> KNOWN =
            Map.of(
                    // Qwen/Qwen2-VL-2B-Instruct, config.json
                    "qwen2-vl-2b",
                    new CheckpointShape(1536, 8960, 28, 12, 2, 151936, 32, 1280, 16),
                    // the same in small, for trying a script
                    "qwen2-vl-mini",
                    new CheckpointShape(256, 1024, 4, 4, 2, 2048, 3, 128, 4),
                    // of the size of a model that is trained from scratch on two cores
                    "tiny",
                    new CheckpointShape(256, 768, 6, 4, 2, 2048, 4, 192, 4));

    /**
     * A shape by name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CheckpointShape of(String name) {
        CheckpointShape shape = KNOWN.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "unknown shape ["
                            + name
                            + "]; known are "
                            + Arrays.toString(KNOWN.keySet().stream().sorted().toArray()));
        }
        return shape;
    }

    /** Dimensions of an attention head of the decoder. */
    int headDim() {
        return hidden_size / num_attention_heads;
    }

    /** The tensors of a checkpoint with tied embeddings, in file order, with their shapes. */
    Map<String, long[]> tensors() {
        Map<String, long[]> tensors = new LinkedHashMap<>();
        tensors.put("model.embed_tokens.weight", new long[] {vocab_size, hidden_size});
        for (int i = 0; i < num_hidden_layers; i++) {
            decoderLayer(tensors, "model.layers." + i + ".");
        }
        tensors.put("model.norm.weight", new long[] {hidden_size});
        tensors.put(
                "visual.patch_embed.proj.weight",
                new long[] {embed_dim, 3, TEMPORAL_PATCH, PATCH, PATCH});
        for (int i = 0; i < depth; i++) {
            visionLayer(tensors, "visual.blocks." + i + ".");
        }
        long merged = (long) MERGE * MERGE * embed_dim;
        norm(tensors, "visual.merger.ln_q", embed_dim);
        linear(tensors, "visual.merger.mlp.0", merged, merged);
        linear(tensors, "visual.merger.mlp.2", hidden_size, merged);
        return tensors;
    }

    private void decoderLayer(Map<String, long[]> tensors, String at) {
        long keys = (long) num_key_value_heads * headDim();
        tensors.put(at + "input_layernorm.weight", new long[] {hidden_size});
        linear(tensors, at + "self_attn.q_proj", hidden_size, hidden_size);
        linear(tensors, at + "self_attn.k_proj", keys, hidden_size);
        linear(tensors, at + "self_attn.v_proj", keys, hidden_size);
        tensors.put(at + "self_attn.o_proj.weight", new long[] {hidden_size, hidden_size});
        tensors.put(at + "post_attention_layernorm.weight", new long[] {hidden_size});
        tensors.put(at + "mlp.gate_proj.weight", new long[] {intermediate_size, hidden_size});
        tensors.put(at + "mlp.up_proj.weight", new long[] {intermediate_size, hidden_size});
        tensors.put(at + "mlp.down_proj.weight", new long[] {hidden_size, intermediate_size});
    }

    private void visionLayer(Map<String, long[]> tensors, String at) {
        norm(tensors, at + "norm1", embed_dim);
        linear(tensors, at + "attn.qkv", 3L * embed_dim, embed_dim);
        linear(tensors, at + "attn.proj", embed_dim, embed_dim);
        norm(tensors, at + "norm2", embed_dim);
        linear(tensors, at + "mlp.fc1", (long) MLP_RATIO * embed_dim, embed_dim);
        linear(tensors, at + "mlp.fc2", embed_dim, (long) MLP_RATIO * embed_dim);
    }

    private static void linear(Map<String, long[]> tensors, String name, long out, long in) {
        tensors.put(name + ".weight", new long[] {out, in});
        tensors.put(name + ".bias", new long[] {out});
    }

    private static void norm(Map<String, long[]> tensors, String name, long size) {
        tensors.put(name + ".weight", new long[] {size});
        tensors.put(name + ".bias", new long[] {size});
    }
}
