package org.vidvec.backbone;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of a KV-Former head (ViLL-E §3.2, App. A), as its {@code kv_former_config.json} says.
 *
 * @param hidden length of a decoder state, and of the embedding
 * @param heads num_attention_heads: 8 in the paper
 * @param poolingTokens learnt keys, and learnt values: 256 in the paper
 * @param mlp mlp_dim: 16384 in the paper
 * @param normEps rms_norm_eps, for the variant with norms
 */
public record KvFormerConfig(int hidden, int heads, int poolingTokens, int mlp, double normEps) {

    /**
     * @throws CheckpointException if the file is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static KvFormerConfig read(Path file) throws CheckpointException {
        ConfigReader config = ConfigReader.open(file);
        config.requireOneOf("activation", "gelu_pytorch_tanh", List.of("gelu_pytorch_tanh"));
        int hidden = config.positive("hidden_size");
        int heads = config.positive("num_attention_heads");
        if (hidden % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size [" + hidden + "]");
        }
        return new KvFormerConfig(
                hidden,
                heads,
                config.positive("num_pooling_tokens"),
                config.positive("mlp_dim"),
                config.number("rms_norm_eps", 1e-6));
    }
}
