package org.vidvec.model;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

public class ModelFamilyTests extends ESTestCase {

    /**
     * By fixture: {@code
     * AutoConfig.for_model(model_type).get_text_config().max_position_embeddings} of transformers
     * 5.23.0; {@code videollama3_qwen2} is a Qwen2Config.
     */
    private static final Map<String, Integer> DEFAULTS =
            Map.of(
                    "qwen2_vl_a", 32768,
                    "qwen2_5_vl_a", 32768,
                    "qwen3_vl_a", 128000,
                    "video_llama_3_a", 32768,
                    "videollama3_qwen2_a", 32768,
                    "paligemma_a", 8192,
                    "qwen2_text_a", 32768,
                    "qwen3_text_a", 32768);

    public void testTheLongestSequenceIsTheReferencesWhereConfigLeavesItOut() throws Exception {
        for (Map.Entry<String, Integer> entry : DEFAULTS.entrySet()) {
            JsonObject config = config(entry.getKey());
            assertEquals(entry.getKey(), entry.getValue().intValue(), maxTokens(config));
        }
    }

    public void testTheLongestSequenceIsWhatConfigSays() throws Exception {
        for (String fixture : DEFAULTS.keySet()) {
            JsonObject config = config(fixture);
            text(config).addProperty("max_position_embeddings", 77);
            assertEquals(fixture, 77, maxTokens(config));
        }
    }

    private static JsonObject config(String fixture) throws IOException {
        JsonObject config = Parity.json(fixture + "/checkpoint/config.json");
        config.remove("max_position_embeddings");
        text(config).remove("max_position_embeddings");
        return config;
    }

    private static JsonObject text(JsonObject config) {
        return config.has("text_config") ? config.getAsJsonObject("text_config") : config;
    }

    private static int maxTokens(JsonObject config) throws Exception {
        Path folder = createTempDir();
        Files.writeString(folder.resolve("config.json"), config.toString());
        ModelFamily family = ModelFamilies.of(config.get("model_type").getAsString());
        return family.sizes(folder).maxTokens();
    }
}
