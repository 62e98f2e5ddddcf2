package org.vidvec.bench;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.WeightEntry;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.VisionInput;

/**
 * How many matrices of each shape a network multiplies with, by what they are multiplied with. Read
 * from the names in its checkpoint, which are alike in all families.
 *
 * @param byRows numbers of matrices by what they see
 */
record ProductShapes(Map<Rows, Map<Shape, Integer>> byRows) {

    private static final Pattern LAYER = Pattern.compile("layers\\.(\\d+)\\.");

    /** A matrix. */
    record Shape(long out, long in) {}

    /** What a matrix sees of a batch. */
    enum Rows {
        /** Every patch of a picture. */
        PATCHES,
        /** Every merged patch. */
        MERGED,
        /** Every token of the decoder. */
        TOKENS,
        /** The last token of each sequence, in the layer that is read there only. */
        ENDS,
        /** The tokens that the whole head reads; the embedding table may be one. */
        HEAD;

        /**
         * @param heads tokens that the whole head reads
         */
        long of(List<PreparedSequence> batch, int heads) {
            return switch (this) {
                case PATCHES ->
                        batch.stream()
                                .flatMap(sequence -> sequence.vision().stream())
                                .mapToLong(VisionInput::numPatches)
                                .sum();
                case MERGED ->
                        batch.stream()
                                .flatMap(sequence -> sequence.vision().stream())
                                .mapToLong(VisionInput::numMerged)
                                .sum();
                case TOKENS -> batch.stream().mapToLong(PreparedSequence::length).sum();
                case ENDS -> batch.size();
                case HEAD -> heads;
            };
        }
    }

    /**
     * @param layers of the decoder that are run, the last of them for its state of the last tokens
     */
    static ProductShapes of(Checkpoint checkpoint, int layers) {
        ProductShapes shapes = new ProductShapes(new EnumMap<>(Rows.class));
        for (Rows rows : Rows.values()) {
            shapes.byRows.put(rows, new LinkedHashMap<>());
        }
        for (WeightEntry weight : checkpoint.entries().values()) {
            long[] shape = weight.shape();
            String name = weight.name();
            if (name.endsWith("lm_head.weight") || name.endsWith("embed_tokens.weight")) {
                // both, if a checkpoint has both, have one shape
                shapes.byRows.get(Rows.HEAD).put(new Shape(shape[0], shape[1]), 1);
            }
            boolean patchEmbedding = name.contains("patch_embed") && shape.length > 1;
            if (patchEmbedding || (shape.length == 2 && isTable(name) == false)) {
                Rows rows = rows(name, layers);
                if (rows != null) {
                    Shape key = new Shape(shape[0], weight.size() / shape[0]);
                    shapes.byRows.get(rows).merge(key, 1, Integer::sum);
                }
            }
        }
        return shapes;
    }

    private static boolean isTable(String name) {
        return name.contains("embed") || name.contains("lm_head");
    }

    private static Rows rows(String name, int layers) {
        if (name.contains("merger") || name.contains("projector")) {
            return Rows.MERGED;
        }
        if (name.contains("visual") || name.contains("vision")) {
            return Rows.PATCHES;
        }
        Matcher matcher = LAYER.matcher(name);
        int layer = matcher.find() ? Integer.parseInt(matcher.group(1)) : layers;
        if (layer >= layers) {
            return null;
        }
        boolean all = name.contains("k_proj") || name.contains("v_proj");
        return all || layer < layers - 1 ? Rows.TOKENS : Rows.ENDS;
    }
}
