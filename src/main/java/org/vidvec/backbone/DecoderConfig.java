package org.vidvec.backbone;

import java.util.List;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of a Qwen2 decoder, under the names of config.json.
 *
 * @param hidden hidden_size
 * @param intermediate intermediate_size
 * @param layers num_hidden_layers
 * @param heads num_attention_heads
 * @param kvHeads num_key_value_heads
 * @param headDim hidden / heads
 * @param vocabulary vocab_size, at least the tokenizer's
 * @param normEps rms_norm_eps
 * @param ropeTheta rope_theta
 * @param mropeSections mrope_section: how many of the headDim / 2 frequencies turn with time,
 *     height and width
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
        List<Integer> mropeSections) {

    /**
     * Reads a text config with M-RoPE, in the nested layout (rope_parameters) or the released one
     * (rope_scaling beside rope_theta).
     *
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static DecoderConfig read(ConfigReader text) throws CheckpointException {
        text.requireOneOf("hidden_act", "silu", List.of("silu"));
        if (text.flag("use_sliding_window", false)) {
            throw text.wrong("use_sliding_window", "false: sliding windows are not supported");
        }
        ConfigReader rope =
                text.object(text.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        rope.requireOneOf(
                rope.has("rope_type") ? "rope_type" : "type", "", List.of("default", "mrope"));
        double theta =
                rope.has("rope_theta") ? rope.number("rope_theta") : text.number("rope_theta");
        int hidden = text.positive("hidden_size");
        int heads = text.positive("num_attention_heads");
        DecoderConfig config =
                new DecoderConfig(
                        hidden,
                        text.positive("intermediate_size"),
                        text.positive("num_hidden_layers"),
                        heads,
                        text.positive("num_key_value_heads", heads),
                        text.positive("head_dim", hidden / heads),
                        text.positive("vocab_size"),
                        text.number("rms_norm_eps"),
                        theta,
                        rope.positives("mrope_section"));
        config.check(text, rope);
        return config;
    }

    private void check(ConfigReader text, ConfigReader rope) throws CheckpointException {
        if (heads % kvHeads != 0) {
            throw text.wrong(
                    "num_key_value_heads", "a divisor of the [" + heads + "] attention heads");
        }
        int turned = mropeSections.stream().mapToInt(Integer::intValue).sum();
        if (mropeSections.size() != 3 || 2 * turned != headDim) {
            throw rope.wrong("mrope_section", "three numbers that sum to [" + headDim / 2 + "]");
        }
    }
}
