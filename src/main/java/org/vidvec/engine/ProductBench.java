package org.vidvec.engine;

import java.util.Arrays;
import java.util.List;

/** How fast this machine multiplies with matrices; one thread uses it. */
public final class ProductBench implements AutoCloseable {

    /** Enough different matrices that none is still in a cache of a core. */
    private static final long SPREAD_BYTES = 64L << 20;

    private static final double NANOS = 1e9;

    private final TorchModule module;

    /**
     * @throws EngineException if the engine does not take the graph
     */
    public ProductBench(TorchEngine engine) throws EngineException {
        module = TorchModule.compile(engine, "Products", List.of("weights.py", "products.py"));
    }

    /**
     * Seconds of one product [tokens, in] x [in, out], each run's; the first, which warms up, is
     * left out.
     *
     * @param form of the matrix
     * @throws EngineException if memory is short
     */
    public double[] seconds(long tokens, long in, long out, DType dtype, WeightForm form, int runs)
            throws EngineException {
        long copies = 1 + SPREAD_BYTES / Math.max(1, in * out * dtype.bytes());
        module.call("prepare")
                .add(tokens)
                .add(in)
                .add(out)
                .add(dtype.torchType())
                .add(form.ordinal())
                .add(copies)
                .run();
        double[] seconds = new double[runs];
        for (int i = -1; i < runs; i++) {
            long begin = System.nanoTime();
            module.call("multiply").add((i + 1) % copies).add(form == WeightForm.INT8).run();
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - begin) / NANOS;
            }
        }
        return seconds;
    }

    /** Whether the CPU's products of int8 can go wrong. */
    boolean saturates() throws EngineException {
        return module.call("saturates").integer() != 0;
    }

    /** The best of a few runs of a product. */
    double best(long tokens, long in, long out, DType dtype, WeightForm form)
            throws EngineException {
        return Arrays.stream(seconds(tokens, in, out, dtype, form, 5)).min().getAsDouble();
    }

    @Override
    public void close() {
        module.close();
    }
}
