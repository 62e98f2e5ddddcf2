package org.vidvec.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.WeightEntry;

/**
 * How many matrices of each shape a network multiplies with, by what they are multiplied with. Read
 * from the names in its checkpoint, which are alike in all families.
 *
 * @param patches matrices that see every patch of a picture
 * @param merged those that see every merged patch
 * @param tokens those that see every token of the decoder
 * @param head the head, or the embedding table that is one
 */
record ProductShapes(
        Map<Shape, Integer> patches,
        Map<Shape, Integer> merged,
        Map<Shape, Integer> tokens,
        Map<Shape, Integer> head) {

    private static final Pattern LAYER = Pattern.compile("layers\\.(\\d+)\\.");

    /** A matrix. */
    record Shape(long out, long in) {}

    /**
     * @param layers of the decoder that are run
     */
    static ProductShapes of(Checkpoint checkpoint, int layers) {
        ProductShapes shapes =
                new ProductShapes(
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>());
        for (WeightEntry weight : checkpoint.entries().values()) {
            long[] shape = weight.shape();
            String name = weight.name();
            if (name.endsWith("lm_head.weight") || name.endsWith("embed_tokens.weight")) {
                // both, if a checkpoint has both, have one shape
                shapes.head.put(new Shape(shape[0], shape[1]), 1);
            }
            boolean patchEmbedding = name.contains("patch_embed") && shape.length > 1;
            if (patchEmbedding || (shape.length == 2 && isTable(name) == false)) {
                Map<Shape, Integer> target = shapes.target(name, layers);
                if (target != null) {
                    Shape key = new Shape(shape[0], weight.size() / shape[0]);
                    target.merge(key, 1, Integer::sum);
                }
            }
        }
        return shapes;
    }

    private static boolean isTable(String name) {
        return name.contains("embed") || name.contains("lm_head");
    }

    private Map<Shape, Integer> target(String name, int layers) {
        if (name.contains("merger") || name.contains("projector")) {
            return merged;
        }
        if (name.contains("visual") || name.contains("vision")) {
            return patches;
        }
        Matcher layer = LAYER.matcher(name);
        return layer.find() && Integer.parseInt(layer.group(1)) < layers ? tokens : null;
    }
}
