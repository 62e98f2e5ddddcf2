package org.vidvec.bench;

import java.util.List;
import java.util.Map;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.ProductBench;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightForm;
import org.vidvec.prompt.PreparedSequence;

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

        Products plus(Products other) {
            return new Products(millis + other.millis, flops + other.flops);
        }

        /** The same so many times after each other. */
        Products times(int number) {
            return new Products(number * millis, number * flops);
        }
    }

    /**
     * Measures every matrix.
     *
     * @param heads of how many sequences the whole head reads the last token
     */
    Products of(ProductShapes shapes, List<PreparedSequence> sequences, int heads)
            throws EngineException {
        try (ProductBench bench = new ProductBench(engine)) {
            Products all = new Products(0, 0);
            for (Map.Entry<ProductShapes.Rows, Map<ProductShapes.Shape, Integer>> entry :
                    shapes.byRows().entrySet()) {
                boolean head = entry.getKey() == ProductShapes.Rows.HEAD;
                // a head keeps the form that it is stored in
                WeightForm kept = head ? WeightForm.PLAIN : form;
                long rows = entry.getKey().of(sequences, heads);
                all = all.plus(of(bench, entry.getValue(), rows, kept));
            }
            return all;
        }
    }

    private Products of(
            ProductBench bench,
            Map<ProductShapes.Shape, Integer> shapes,
            long rows,
            WeightForm kept)
            throws EngineException {
        Products all = new Products(0, 0);
        if (rows == 0) {
            return all;
        }
        for (Map.Entry<ProductShapes.Shape, Integer> entry : shapes.entrySet()) {
            ProductShapes.Shape shape = entry.getKey();
            int times = entry.getValue();
            double seconds = bench.seconds(rows, shape.in(), shape.out(), dtype, kept, times);
            all =
                    all.plus(
                            new Products(
                                    seconds * MILLIS,
                                    2.0 * times * rows * shape.in() * shape.out()));
        }
        return all;
    }
}
