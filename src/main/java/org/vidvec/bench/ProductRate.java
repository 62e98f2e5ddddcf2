package org.vidvec.bench;

import java.util.Arrays;
import java.util.Map;
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
     * @param millis all of them, each at the median of its runs
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
     * Measures every shape.
     *
     * @param patches of all pictures
     * @param merged patches of all pictures
     * @param tokens of the decoder
     */
    Products of(ProductShapes shapes, long patches, long merged, long tokens, int runs)
            throws EngineException {
        try (ProductBench bench = new ProductBench(engine)) {
            return of(bench, shapes.tokens(), tokens, runs)
                    .plus(of(bench, shapes.patches(), patches, runs))
                    .plus(of(bench, shapes.merged(), merged, runs));
        }
    }

    private Products of(
            ProductBench bench, Map<ProductShapes.Shape, Integer> shapes, long rows, int runs)
            throws EngineException {
        Products all = new Products(0, 0);
        if (rows == 0) {
            return all;
        }
        for (Map.Entry<ProductShapes.Shape, Integer> entry : shapes.entrySet()) {
            ProductShapes.Shape shape = entry.getKey();
            double[] seconds = bench.seconds(rows, shape.in(), shape.out(), dtype, form, runs);
            Arrays.sort(seconds);
            int times = entry.getValue();
            all =
                    all.plus(
                            new Products(
                                    times * seconds[runs / 2] * MILLIS,
                                    2.0 * times * rows * shape.in() * shape.out()));
        }
        return all;
    }
}
