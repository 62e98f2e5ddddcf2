package org.vidvec.backbone;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchModule;

/**
 * ViLL-E's head (§3.2) while it is trained: the graph that serves, whose weights can be derived by.
 * Used by one thread.
 */
public final class KvFormerLearner implements AutoCloseable {

    /**
     * Of learnt keys, values and queries, which the paper does not tell how to begin: as large as
     * those that a linear layer makes of normalised states. Smaller ones are all asked for alike.
     */
    private static final double TOKEN_DEVIATION = 1 / Math.sqrt(3);

    private final TorchModule module;
    private final KvFormerConfig config;
    private final Map<String, long[]> shapes;

    KvFormerLearner(TorchModule module, KvFormerConfig config, Map<String, long[]> shapes) {
        this.module = module;
        this.config = config;
        this.shapes = new LinkedHashMap<>(shapes);
    }

    /** Its sizes. */
    public KvFormerConfig config() {
        return config;
    }

    /** Its weights, by their names in a head's file, with their shapes. */
    public Map<String, long[]> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    /**
     * First values: linear layers as PyTorch draws them, even between +-1/sqrt(in); learnt keys,
     * values and queries from a normal distribution; norms that change nothing.
     */
    public Map<String, float[]> initial(long seed) {
        Random random = new Random(seed);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Map.Entry<String, long[]> weight : shapes.entrySet()) {
            long[] shape = weight.getValue();
            int size = Math.toIntExact(shape[0] * (shape.length > 1 ? shape[1] : 1));
            float[] own = new float[size];
            String name = weight.getKey();
            if (name.endsWith("_tokens")) {
                fill(own, () -> random.nextGaussian() * TOKEN_DEVIATION);
            } else if (name.endsWith(".weight")) {
                double bound = 1 / Math.sqrt(shape[1]);
                fill(own, () -> (2 * random.nextDouble() - 1) * bound);
            }
            values.put(name, own);
        }
        return values;
    }

    private static void fill(float[] values, DoubleSupplier number) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number.getAsDouble();
        }
    }

    /**
     * Puts a weight.
     *
     * @param scope that lives as long as the training
     * @return the head's own memory: whoever changes it changes the head
     */
    public Tensor parameter(TensorScope scope, String name, float[] values) throws EngineException {
        return module.gradientCall("put_parameter")
                .add(name)
                .add(scope.floats(values, shapes.get(name)))
                .tensor(scope);
    }

    /**
     * One vector for each input, not normalised to a length.
     *
     * @param states [tokens, hidden] of all inputs, after the decoder's final norm
     * @param lengths tokens of each
     * @return [inputs, hidden]
     */
    public Tensor embed(TensorScope scope, Tensor states, long[] lengths) throws EngineException {
        return module.gradientCall("learn").add(states).add(lengths).tensor(scope);
    }

    @Override
    public void close() {
        module.close();
    }
}
