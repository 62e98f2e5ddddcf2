package org.vidvec.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a network computes for one sequence, for parity tests and analysis.
 *
 * @param patchEmbedding [patches, visionHidden]; empty without vision inputs
 * @param visionLayers [patches, visionHidden] after each layer of the vision tower
 * @param visionOutput [visionTokens, hidden], as it goes into the prompt; before compression
 * @param hiddenStates [tokens, hidden] for 0 (input embeddings) .. layers; the last is after the
 *     final norm
 * @param lastLayerRaw [tokens, hidden] of the last layer before the final norm
 * @param logitsLast [vocabulary] at the last token
 * @param more what else the family computes on its way, under the names that parity fixtures have
 *     for it ({@code vision.tower}, {@code vision.deepstack.0}, {@code layer_inputs.0}); most have
 *     nothing
 */
public record Trace(
        float[] patchEmbedding,
        List<float[]> visionLayers,
        float[] visionOutput,
        List<float[]> hiddenStates,
        float[] lastLayerRaw,
        float[] logitsLast,
        Map<String, float[]> more) {

    /**
     * All of it under the names that parity fixtures have for it; tensors that stack layers are
     * there by layer ({@code hidden_states.0}).
     */
    public Map<String, float[]> byName() {
        Map<String, float[]> named = new LinkedHashMap<>();
        if (patchEmbedding.length > 0) {
            named.put("vision.patch_embed", patchEmbedding);
            for (int i = 0; i < visionLayers.size(); i++) {
                named.put("vision.block." + i, visionLayers.get(i));
            }
            named.put("vision.output", visionOutput);
        }
        named.putAll(more);
        for (int i = 0; i < hiddenStates.size(); i++) {
            named.put("hidden_states." + i, hiddenStates.get(i));
        }
        named.put("last_layer_raw", lastLayerRaw);
        named.put("logits_last", logitsLast);
        return named;
    }
}
