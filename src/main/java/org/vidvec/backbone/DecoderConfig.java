package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of a decoder, under the names of config.json.
 *
 * @param hidden hidden_size
 * @param intermediate intermediate_size
 * @param layers num_hidden_layers
 * @param heads num_attention_heads
 * @param kvHeads num_key_value_heads
 * @param headDim hidden / heads in Qwen2, head_dim in Qwen3
 * @param vocabulary vocab_size, at least the tokenizer's
 * @param normEps rms_norm_eps
 * @param ropeTheta rope_theta
 * @param ropeAxes [headDim / 2]: the axis (0 time, 1 height, 2 width) with which each frequency of
 *     the rotary embedding turns
 * @param bias whether q, k and v have biases: Qwen2
 * @param headNorms whether the heads of q and k have norms: Qwen3
 * @param style norm, MLP and embedding
 */
public record DecoderConfig(
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int vocabulary,
        double normEps,
        double ropeTheta,
        List<Integer> ropeAxes,
        boolean bias,
        boolean headNorms,
        DecoderStyle style) {

    /** A decoder of Qwen2 or Qwen3. */
    public DecoderConfig(
            int hidden,
            int intermediate,
            int layers,
            int heads,
            int kvHeads,
            int headDim,
            int vocabulary,
            double normEps,
            double ropeTheta,
            List<Integer> ropeAxes,
            boolean bias,
            boolean headNorms) {
        this(
                hidden,
                intermediate,
                layers,
                heads,
                kvHeads,
                headDim,
                vocabulary,
                normEps,
                ropeTheta,
                ropeAxes,
                bias,
                headNorms,
                DecoderStyle.QWEN);
    }

    /**
     * Reads a Qwen2 text config with M-RoPE, in the nested layout (rope_parameters) or the released
     * one (rope_scaling beside rope_theta).
     *
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    public static DecoderConfig read(ConfigReader text) throws CheckpointException {
        return read(text, rope(text), false, false);
    }

    /**
     * Reads a Qwen2 text config whose rotary embedding has one axis, in the nested layout or the
     * flat one.
     *
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    public static DecoderConfig readOneAxis(ConfigReader text) throws CheckpointException {
        return readOneAxis(text, false);
    }

    /**
     * The same of Qwen2 or Qwen3.
     *
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    public static DecoderConfig readOneAxis(ConfigReader text, boolean qwen3)
            throws CheckpointException {
        boolean nested = text.has("rope_parameters") || text.has("rope_scaling");
        return read(text, nested ? rope(text) : text, true, qwen3);
    }

    /**
     * The same for Qwen3.
     *
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    public static DecoderConfig readQwen3(ConfigReader text) throws CheckpointException {
        return read(text, rope(text), false, true);
    }

    /**
     * Whether the head is the embedding table: {@code tie_word_embeddings} at the top or, as
     * transformers 4 saved it, among the decoder's fields.
     *
     * @param config the whole config.json
     * @param absent what a config means that does not say
     * @throws CheckpointException if it is neither true nor false
     */
    public static boolean tied(ConfigReader config, boolean absent) throws CheckpointException {
        String field = "tie_word_embeddings";
        boolean nested =
                config.has("text_config") && config.object("text_config").flag(field, false);
        return config.flag(field, nested || absent) || nested;
    }

    /**
     * Refuses rotary embeddings of a part of each head.
     *
     * @param rope the fields of a rotary embedding
     * @throws CheckpointException if they ask for it
     */
    public static void requireWholeHeads(ConfigReader rope) throws CheckpointException {
        if (rope.number("partial_rotary_factor", 1) != 1) {
            throw rope.wrong("partial_rotary_factor", "[1]: all of a head is turned");
        }
    }

    private static ConfigReader rope(ConfigReader text) throws CheckpointException {
        ConfigReader rope =
                text.object(text.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        rope.requireOneOf(
                rope.has("rope_type") ? "rope_type" : "type", "", List.of("default", "mrope"));
        requireWholeHeads(rope);
        return rope;
    }

    /**
     * @param rope where the fields of the rotary embedding are
     */
    private static DecoderConfig read(
            ConfigReader text, ConfigReader rope, boolean oneAxis, boolean qwen3)
            throws CheckpointException {
        text.requireOneOf("hidden_act", "silu", List.of("silu"));
        if (text.flag("use_sliding_window", false)) {
            throw text.wrong("use_sliding_window", "false: sliding windows are not supported");
        }
        if (qwen3 && text.flag("attention_bias", false)) {
            throw text.wrong("attention_bias", "false: biases in Qwen3 are not supported");
        }
        int hidden = text.positive("hidden_size");
        int heads = text.positive("num_attention_heads");
        int kvHeads = text.positive("num_key_value_heads", heads);
        if (heads % kvHeads != 0) {
            throw text.wrong(
                    "num_key_value_heads", "a divisor of the [" + heads + "] attention heads");
        }
        int headDim = text.has("head_dim") ? text.positive("head_dim") : hidden / heads;
        if (headDim < 2 || headDim % 2 != 0) {
            throw text.wrong(
                    text.has("head_dim") ? "head_dim" : "num_attention_heads",
                    "one that gives heads of an even number of dimensions, not [" + headDim + "]");
        }
        return new DecoderConfig(
                hidden,
                text.positive("intermediate_size"),
                text.layers("num_hidden_layers"),
                heads,
                kvHeads,
                headDim,
                text.positive("vocab_size"),
                text.number("rms_norm_eps"),
                rope.has("rope_theta") ? rope.number("rope_theta") : text.number("rope_theta"),
                oneAxis ? Collections.nCopies(headDim / 2, 0) : axes(rope, headDim / 2),
                qwen3 == false,
                qwen3);
    }

    /** Qwen2: sections one after the other; interleaved, Qwen3: in turn, what is left with time. */
    private static List<Integer> axes(ConfigReader rope, int frequencies)
            throws CheckpointException {
        List<Integer> sections = rope.positives("mrope_section");
        int turned = sections.stream().mapToInt(Integer::intValue).sum();
        if (sections.size() != 3 || turned != frequencies) {
            throw rope.wrong("mrope_section", "three numbers that sum to [" + frequencies + "]");
        }
        boolean interleaved = rope.flag("mrope_interleaved", false);
        List<Integer> axes = new ArrayList<>();
        for (int i = 0; i < frequencies; i++) {
            int time = sections.get(0);
            int axis = i < time ? 0 : i < time + sections.get(1) ? 1 : 2;
            if (interleaved) {
                axis = i < 3 * sections.get(i % 3) ? i % 3 : 0;
            }
            axes.add(axis);
        }
        return List.copyOf(axes);
    }
}
