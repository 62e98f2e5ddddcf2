package org.vidvec.backbone;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
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
 * @param kind what it is: {@code head}, KV-Former if it is not said
 */
public record KvFormerConfig(
        int hidden, int heads, int poolingTokens, int mlp, double normEps, HeadKind kind) {

    /** Of a KV-Former. */
    public KvFormerConfig(int hidden, int heads, int poolingTokens, int mlp, double normEps) {
        this(hidden, heads, poolingTokens, mlp, normEps, HeadKind.KV_FORMER);
    }

    private static final String ACTIVATION = "gelu_pytorch_tanh";

    /**
     * @throws IllegalArgumentException if the heads don't divide a state
     */
    public KvFormerConfig {
        if (hidden % heads != 0) {
            throw new IllegalArgumentException(
                    "num_attention_heads ["
                            + heads
                            + "] must be a divisor of hidden_size ["
                            + hidden
                            + "]");
        }
    }

    /**
     * @throws CheckpointException if the file is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static KvFormerConfig read(Path file) throws CheckpointException {
        ConfigReader config = ConfigReader.open(file);
        config.requireOneOf("activation", ACTIVATION, List.of(ACTIVATION));
        HeadKind kind = kind(config);
        int hidden = config.positive("hidden_size");
        int heads = kind.attends() ? config.positive("num_attention_heads") : 1;
        if (hidden % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size [" + hidden + "]");
        }
        return new KvFormerConfig(
                hidden,
                heads,
                kind.learnsTokens() ? config.positive("num_pooling_tokens") : 1,
                kind.hasMlp() ? config.positive("mlp_dim") : 1,
                config.number("rms_norm_eps", 1e-6),
                kind);
    }

    private static HeadKind kind(ConfigReader config) throws CheckpointException {
        if (config.has("head") == false) {
            return HeadKind.KV_FORMER;
        }
        try {
            return HeadKind.of(config.text("head"));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(e.getMessage(), e);
        }
    }

    /** What {@link #read} reads, as JSON. */
    public String json() {
        JsonObject json = new JsonObject();
        json.addProperty("activation", ACTIVATION);
        json.addProperty("head", kind.configName());
        json.addProperty("hidden_size", hidden);
        json.addProperty("num_attention_heads", heads);
        json.addProperty("num_pooling_tokens", poolingTokens);
        json.addProperty("mlp_dim", mlp);
        json.addProperty("rms_norm_eps", normEps);
        return new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n";
    }
}
