package org.vidvec.bench;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.ProductBench;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightForm;

/** How long nothing but a network's products would take on this machine, now. */
final class ProductRate {

    private static final double MILLIS = 1e3;
    private static final double GIGA = 1e9;

    private final TorchEngine engine;
    private final DType dtype;
    private final WeightForm form;

    /**
     * @param form of the matrices
     */
    ProductRate(TorchEngine engine, DType dtype, WeightForm form) {
        this.engine = engine;
        this.dtype = dtype;
        this.form = form;
    }

    /**
     * The products of one pass.
     *
     * @param millis all of them, each as often as in the network: what a machine does for a moment
     *     it may not hold for as long as a pass takes
     * @param flops multiplications and additions in them
     */
    record Products(double millis, double flops) {

        /** Billions of multiplications and additions per second. */
        double gigaflops() {
            return flops / millis * MILLIS / GIGA;
        }

        private Products plus(Products other) {
            return new Products(millis + other.millis, flops + other.flops);
        }
    }

    /**
     * Measures every matrix.
     *
     * @param patches of all pictures
     * @param merged patches of all pictures
     * @param tokens of the decoder
     * @param heads tokens that the whole head reads
     */
    Products of(ProductShapes shapes, long patches, long merged, long tokens, long heads)
            throws EngineException {
        try (ProductBench bench = new ProductBench(engine)) {
            return of(bench, shapes.tokens(), tokens)
                    .plus(of(bench, shapes.patches(), patches))
                    .plus(of(bench, shapes.merged(), merged))
                    .plus(of(bench, shapes.head(), heads));
        }
    }

    private Products of(ProductBench bench, Map<ProductShapes.Shape, Integer> shapes, long rows)
            throws EngineException {
        Products all = new Products(0, 0);
        if (rows == 0) {
            return all;
        }
        for (Map.Entry<ProductShapes.Shape, Integer> entry : shapes.entrySet()) {
            ProductShapes.Shape shape = entry.getKey();
            int times = entry.getValue();
            double[] seconds = bench.seconds(rows, shape.in(), shape.out(), dtype, form, times);
            all =
                    all.plus(
                            new Products(
                                    DoubleStream.of(seconds).sum() * MILLIS,
                                    2.0 * times * rows * shape.in() * shape.out()));
        }
        return all;
    }
}
