package org.vidvec.backbone;

/** The tensors of a Qwen2 or Qwen3 decoder, under the names that the graph sources use. */
final class DecoderWeights {

    /** The embedding table, which a tied checkpoint uses as its head. */
    static final String EMBEDDINGS = "model.embed_tokens.weight";

    private DecoderWeights() {}

    /**
     * Asks for embeddings, the first {@code layers} layers and, after the last one, the final norm.
     *
     * @param head whether to ask for a head of its own
     */
    static void need(WeightPlan plan, DecoderConfig text, int layers, boolean head) {
        plan.need(EMBEDDINGS, text.vocabulary(), text.hidden());
        for (int i = 0; i < layers; i++) {
            layer(plan, "model.layers." + i + ".", text);
        }
        if (layers == text.layers()) {
            plan.need("model.norm.weight", text.hidden());
        }
        if (head) {
            plan.need("lm_head.weight", text.vocabulary(), text.hidden());
        }
    }

    private static void layer(WeightPlan plan, String at, DecoderConfig c) {
        long queries = (long) c.heads() * c.headDim();
        long keys = (long) c.kvHeads() * c.headDim();
        plan.need(at + "input_layernorm.weight", c.hidden());
        projection(plan, at + "self_attn.q_proj", queries, c);
        projection(plan, at + "self_attn.k_proj", keys, c);
        projection(plan, at + "self_attn.v_proj", keys, c);
        if (c.headNorms()) {
            plan.need(at + "self_attn.q_norm.weight", c.headDim());
            plan.need(at + "self_attn.k_norm.weight", c.headDim());
        }
        plan.need(at + "self_attn.o_proj.weight", c.hidden(), queries);
        plan.need(at + "post_attention_layernorm.weight", c.hidden());
        plan.need(at + "mlp.gate_proj.weight", c.intermediate(), c.hidden());
        plan.need(at + "mlp.up_proj.weight", c.intermediate(), c.hidden());
        plan.need(at + "mlp.down_proj.weight", c.hidden(), c.intermediate());
    }

    private static void projection(WeightPlan plan, String name, long out, DecoderConfig c) {
        plan.need(name + ".weight", out, c.hidden());
        if (c.bias()) {
            plan.need(name + ".bias", out);
        }
    }
}
