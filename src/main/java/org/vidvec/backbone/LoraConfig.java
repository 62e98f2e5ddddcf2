package org.vidvec.backbone;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.engine.CheckpointException;

/**
 * A PEFT adapter's {@code adapter_config.json}. Which weights it changes is told by the names in
 * its safetensors file; {@code target_modules} told the training what to make.
 *
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}
 * @param rankStabilised {@code use_rslora}: alpha is divided by the root of the rank (Kalajdzievski
 *     2023)
 */
record LoraConfig(int rank, double alpha, boolean rankStabilised) {

    static final String FILE = "adapter_config.json";

    /** Options that change what is added, or add more than B A; each must be off. */
    private static final List<String> UNSUPPORTED =
            List.of(
                    "use_dora",
                    "use_qalora",
                    "use_bdlora",
                    "lora_bias",
                    "fan_in_fan_out",
                    "modules_to_save",
                    "rank_pattern",
                    "alpha_pattern",
                    "layer_replication",
                    "target_parameters",
                    "trainable_token_indices",
                    "alora_invocation_tokens",
                    "arrow_config",
                    "kasa_config",
                    "monteclora_config",
                    "velora_config");

    /** The others (pissa, olora, corda ...) change the base's weights as well. */
    private static final List<String> PLAIN_STARTS =
            List.of("true", "false", "gaussian", "orthogonal", "eva");

    /**
     * @param folder with an {@code adapter_config.json}
     * @throws CheckpointException if it can't be read, or says what is not supported, by name
     */
    static LoraConfig read(Path folder) throws CheckpointException {
        Path file = folder.resolve(FILE);
        ConfigReader config = ConfigReader.open(file);
        config.requireOneOf("peft_type", "", List.of("LORA"));
        config.requireOneOf("bias", "none", List.of("none"));
        config.requireOneOf("init_lora_weights", "true", PLAIN_STARTS);
        for (String option : UNSUPPORTED) {
            if (config.has(option) && isOff(config.value(option)) == false) {
                throw new CheckpointException(
                        "option ["
                                + option
                                + "] of ["
                                + file
                                + "] is "
                                + config.value(option)
                                + ", which is not supported; merge the adapter into its base with"
                                + " PEFT's merge_and_unload and use the result");
            }
        }
        return new LoraConfig(
                config.positive("r"),
                config.number("lora_alpha"),
                config.flag("use_rslora", false));
    }

    /** By how much B A is multiplied. */
    double scale() {
        return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    }

    private static boolean isOff(JsonElement value) {
        if (value.isJsonObject()) {
            return value.getAsJsonObject().isEmpty();
        }
        if (value.isJsonArray()) {
            return value.getAsJsonArray().isEmpty();
        }
        return value.toString().equals("false");
    }
}
