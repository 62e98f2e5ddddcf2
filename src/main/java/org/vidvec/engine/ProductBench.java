package org.vidvec.engine;

import java.util.Arrays;
import java.util.List;

/** How fast this machine multiplies with matrices; one thread uses it. */
public final class ProductBench implements AutoCloseable {

    /** Enough different matrices that none is still in a cache of a core. */
    private static final long SPREAD_BYTES = 64L << 20;

    /** Short runs are repeated: one that is disturbed must not count. */
    private static final double SHORT = 0.1;

    private static final int REPEATS = 7;

    private static final double NANOS = 1e9;

    private final TorchModule module;

    /**
     * @throws EngineException if the engine does not take the graph
     */
    public ProductBench(TorchEngine engine) throws EngineException {
        module = TorchModule.compile(engine, "Products", List.of("weights.py", "products.py"));
    }

    /**
     * Seconds of {@code runs} products [tokens, in] x [in, out] behind each other, with as many
     * matrices, or as many as no cache holds. The median of a few times if it is short.
     *
     * @param form of the matrices
     * @throws EngineException if memory is short
     */
    public double seconds(long tokens, long in, long out, DType dtype, WeightForm form, int runs)
            throws EngineException {
        long copies = Math.min(runs, 1 + SPREAD_BYTES / Math.max(1, in * out * dtype.bytes()));
        module.call("prepare")
                .add(tokens)
                .add(in)
                .add(out)
                .add(dtype.torchType())
                .add(form.ordinal())
                .add(copies)
                .run();
        multiply(copies, copies, form);
        double first = multiply(runs, copies, form);
        return first < SHORT ? repeated(runs, copies, form) : first;
    }

    private double repeated(long runs, long copies, WeightForm form) throws EngineException {
        double[] seconds = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            seconds[i] = multiply(runs, copies, form);
        }
        Arrays.sort(seconds);
        return seconds[REPEATS / 2];
    }

    /** Whether the CPU's products of int8 can go wrong. */
    boolean saturates() throws EngineException {
        return module.call("saturates").integer() != 0;
    }

    private double multiply(long runs, long copies, WeightForm form) throws EngineException {
        long begin = System.nanoTime();
        module.call("multiply").add(runs).add(copies).add(form == WeightForm.INT8).run();
        return (System.nanoTime() - begin) / NANOS;
    }

    @Override
    public void close() {
        module.close();
    }
}
