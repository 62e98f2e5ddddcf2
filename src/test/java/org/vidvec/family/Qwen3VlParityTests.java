package org.vidvec.family;

import static org.vidvec.backbone.Vectors.assertNear;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.ParityCase;
import org.vidvec.backbone.Trace;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.prompt.PreparedSequence;

public class Qwen3VlParityTests extends NetworkParityTestCase {

    @Override
    List<String> fixtures() {
        return List.of("qwen3_vl_b");
    }

    @Override
    VisionLanguageNetwork load(Path checkpoint, DType dtype) throws Exception {
        NetworkOptions options = NetworkOptions.likeReference(dtype, null);
        return Qwen3VlConfig.read(checkpoint).load(engine(), checkpoint, options);
    }

    @Override
    PreparedSequence sequence(String fixture, ParityCase c, String prefix, String positionIds)
            throws Exception {
        Qwen3VlConfig config = Qwen3VlConfig.read(fixture(fixture).resolve("checkpoint"));
        return c.sequence(
                prefix,
                positionIds,
                config.imageToken(),
                config.videoToken(),
                config.vision().sizes().patches().mergeSize());
    }

    /** Features for the decoder's layers, and what these layers read. */
    @Override
    void checkMore(String at, ParityCase c, PreparedSequence sequence, Trace trace)
            throws Exception {
        if (c.has("layer_inputs") == false) {
            return;
        }
        List<float[]> inputs = c.rows("layer_inputs", trace.lastLayerRaw().length);
        int hidden = trace.lastLayerRaw().length / sequence.length();
        for (int layer = 0; layer < inputs.size(); layer++) {
            float[] input = trace.hiddenStates().get(layer).clone();
            float[] features = trace.more().get("vision.deepstack." + (layer - 1));
            if (features != null) {
                add(features, input, sequence, hidden);
            }
            assertNear(at + "layer_inputs " + layer, inputs.get(layer), input, STATES);
        }
    }

    private static void add(
            float[] features, float[] states, PreparedSequence sequence, int hidden) {
        long placeholder = sequence.vision().get(0).placeholder();
        int from = 0;
        for (int token = 0; token < sequence.length(); token++) {
            if (sequence.ids()[token] == placeholder) {
                for (int i = 0; i < hidden; i++) {
                    states[token * hidden + i] += features[from++];
                }
            }
        }
        assertEquals(features.length, from);
    }
}
