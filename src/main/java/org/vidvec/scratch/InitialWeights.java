package org.vidvec.scratch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.SafetensorsWriter;

/**
 * First values as Hugging Face draws them (HF {@code PreTrainedModel._init_weights}): matrices and
 * embeddings normal with a deviation of 0.02, biases zero, norms one.
 */
final class InitialWeights {

    private static final double DEVIATION = 0.02;

    private final ModelShape shape;
    private final int rows;
    private final Random random;
    private final SafetensorsWriter writer = new SafetensorsWriter();

    /**
     * @param rows of the embedding table, which is the head as well
     */
    InitialWeights(ModelShape shape, int rows, long seed) {
        this.shape = shape;
        this.rows = rows;
        this.random = new Random(seed);
    }

    /**
     * Writes a checkpoint in float32.
     *
     * @throws IOException if it can't be written
     */
    void write(Path file) throws IOException, EngineException, CheckpointException {
        drawn("model.embed_tokens.weight", rows, shape.hidden());
        for (int i = 0; i < shape.layers(); i++) {
            layer("model.layers." + i + ".");
        }
        constant("model.norm.weight", 1, shape.hidden());
        vision();
        writer.write(file);
    }

    private void layer(String at) {
        int hidden = shape.hidden();
        int keys = shape.kvHeads() * shape.headDim();
        constant(at + "input_layernorm.weight", 1, hidden);
        linear(at + "self_attn.q_proj", true, hidden, hidden);
        linear(at + "self_attn.k_proj", true, keys, hidden);
        linear(at + "self_attn.v_proj", true, keys, hidden);
        linear(at + "self_attn.o_proj", false, hidden, hidden);
        constant(at + "post_attention_layernorm.weight", 1, hidden);
        linear(at + "mlp.gate_proj", false, shape.intermediate(), hidden);
        linear(at + "mlp.up_proj", false, shape.intermediate(), hidden);
        linear(at + "mlp.down_proj", false, hidden, shape.intermediate());
    }

    private void vision() {
        int embed = shape.vision().embed();
        int patch = ModelShape.PATCH;
        drawn("visual.patch_embed.proj.weight", embed, 3, ModelShape.FRAMES, patch, patch);
        for (int i = 0; i < shape.vision().depth(); i++) {
            String at = "visual.blocks." + i + ".";
            norm(at + "norm1", embed);
            linear(at + "attn.qkv", true, 3 * embed, embed);
            linear(at + "attn.proj", true, embed, embed);
            norm(at + "norm2", embed);
            linear(at + "mlp.fc1", true, NewModel.MLP_RATIO * embed, embed);
            linear(at + "mlp.fc2", true, embed, NewModel.MLP_RATIO * embed);
        }
        int merged = ModelShape.MERGE * ModelShape.MERGE * embed;
        norm("visual.merger.ln_q", embed);
        linear("visual.merger.mlp.0", true, merged, merged);
        linear("visual.merger.mlp.2", true, shape.hidden(), merged);
    }

    private void norm(String name, int size) {
        constant(name + ".weight", 1, size);
        constant(name + ".bias", 0, size);
    }

    private void linear(String name, boolean bias, int out, int in) {
        drawn(name + ".weight", out, in);
        if (bias) {
            constant(name + ".bias", 0, out);
        }
    }

    private void drawn(String name, long... sizes) {
        float[] values = new float[size(sizes)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (DEVIATION * random.nextGaussian());
        }
        writer.add(name, sizes, () -> values);
    }

    private void constant(String name, float value, long... sizes) {
        float[] values = new float[size(sizes)];
        Arrays.fill(values, value);
        writer.add(name, sizes, () -> values);
    }

    private static int size(long... sizes) {
        return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    }
}
