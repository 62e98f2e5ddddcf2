package org.vidvec.backbone;

import java.util.List;

/**
 * Everything that a network computes for one sequence, for parity tests and analysis.
 *
 * @param patchEmbedding [patches, visionHidden]; empty without vision inputs
 * @param visionLayers [patches, visionHidden] after each layer of the vision tower
 * @param visionMore what else the tower computes on its way, by family; most have nothing
 * @param visionOutput [visionTokens, hidden], as it goes into the prompt; before compression
 * @param hiddenStates [tokens, hidden] for 0 (input embeddings) .. layers; the last is after the
 *     final norm
 * @param lastLayerRaw [tokens, hidden] of the last layer before the final norm
 * @param logitsLast [vocabulary] at the last token
 */
public record Trace(
        float[] patchEmbedding,
        List<float[]> visionLayers,
        List<float[]> visionMore,
        float[] visionOutput,
        List<float[]> hiddenStates,
        float[] lastLayerRaw,
        float[] logitsLast) {}
