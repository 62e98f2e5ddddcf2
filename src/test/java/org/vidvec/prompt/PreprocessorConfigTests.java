package org.vidvec.prompt;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

public class PreprocessorConfigTests extends ESTestCase {

    public void testReadsTheFixtures() throws IOException {
        for (String file :
                new String[] {
                    "qwen2_vl_a/checkpoint/preprocessor_config.json",
                    "qwen2_vl_a/checkpoint/video_preprocessor_config.json",
                    "qwen2_vl_b/checkpoint/preprocessor_config.json"
                }) {
            PreprocessorConfig config = PreprocessorConfig.of(Parity.json(file));
            assertEquals(3136, config.minPixels());
            assertEquals(12544, config.maxPixels());
            assertEquals(new Patches(14, 2, 2), config.patches());
            assertEquals(0.4578275f, config.mean()[1], 0);
            assertEquals(0.27577711f, config.std()[2], 0);
        }
    }

    public void testDefaultsAreThoseOfTheReleasedProcessor() {
        PreprocessorConfig config = PreprocessorConfig.of(new JsonObject());
        assertEquals(3136, config.minPixels());
        assertEquals(1003520, config.maxPixels());
        assertEquals(new Patches(14, 2, 2), config.patches());
        assertEquals(0.48145466f, config.mean()[0], 0);
        assertEquals(1 / 255.0, config.rescaleFactor(), 0);
    }

    public void testSizeOfNewerFiles() {
        PreprocessorConfig config = of("{'size': {'shortest_edge': 784, 'longest_edge': 7840}}");
        assertEquals(784, config.minPixels());
        assertEquals(7840, config.maxPixels());
        // the older names win, as in transformers
        config = of("{'size': {'shortest_edge': 784, 'longest_edge': 7840}, 'max_pixels': 1568}");
        assertEquals(1568, config.maxPixels());
    }

    public void testLimitNeverGoesBelowTheMinimum() {
        PreprocessorConfig config = of("{'min_pixels': 3136, 'max_pixels': 12544}");
        assertEquals(12544, config.atMost(1 << 20).maxPixels());
        assertEquals(6272, config.atMost(6272).maxPixels());
        assertEquals(3136, config.atMost(1).maxPixels());
    }

    public void testRefusesWhatItDoesNotDo() {
        assertRefused(
                "{'do_normalize': false}",
                "[do_normalize] is [false]; pictures are always resized, rescaled and normalised"
                        + " here; set it to [true]");
        assertRefused(
                "{'resample': 1}",
                "[resample] is [1]; only [2], bilinear, and [3], bicubic, are offered; set it to the"
                        + " one that the checkpoint was trained with");
        assertRefused(
                "{'image_mean': [0.5]}",
                "[image_mean] holds [1] numbers; it needs [3], one a channel");
        assertRefused(
                "{'min_pixels': 9, 'max_pixels': 4}",
                "[min_pixels] is [9] and [max_pixels] is [4]; they must be positive and in order");
    }

    private static void assertRefused(String json, String message) {
        assertEquals(
                message, expectThrows(IllegalArgumentException.class, () -> of(json)).getMessage());
    }

    private static PreprocessorConfig of(String json) {
        return PreprocessorConfig.of(
                JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject());
    }
}
