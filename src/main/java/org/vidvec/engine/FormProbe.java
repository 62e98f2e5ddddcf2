package org.vidvec.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Finds the fastest form of bfloat16 weights by trying: which instructions a CPU has does not tell
 * how fast they are. Sapphire Rapids without AMX multiplies bfloat16 at half the rate of float32.
 */
final class FormProbe {

    // 16 bits each way, so it is the speed alone that decides, and not by a hair
    private static final double WORTH_IT = 1.3;

    private static final double WORTH_TWICE_THE_MEMORY = 1.5;

    // by turns, so that a busy moment of the machine does not decide
    private static final int TURNS = 3;

    private static final Logger LOG = System.getLogger(FormProbe.class.getName());

    private FormProbe() {}

    /**
     * What was found.
     *
     * @param form the fastest that loses nothing against bfloat16
     * @param float32IsWorthIt whether the CPU takes 16-bit numbers apart before it multiplies them,
     *     as those without avx512_bf16, AMX and avx512_fp16 do
     */
    record Result(WeightForm form, boolean float32IsWorthIt) {}

    /** About a third of a second. */
    static Result measure(TorchEngine engine) {
        try (ProductBench bench = new ProductBench(engine)) {
            double plain = Double.MAX_VALUE;
            double half = Double.MAX_VALUE;
            double full = Double.MAX_VALUE;
            for (int i = 0; i < TURNS; i++) {
                plain = Math.min(plain, best(bench, DType.BFLOAT16, WeightForm.PLAIN));
                half = Math.min(half, best(bench, DType.BFLOAT16, WeightForm.FLOAT16));
                full = Math.min(full, best(bench, DType.FLOAT32, WeightForm.PLAIN));
            }
            LOG.log(
                    Level.INFO,
                    "a product of [256, 1024] and [1024, 1024] takes [{0}] us in bfloat16, [{1}] us"
                            + " in float16 and [{2}] us in float32",
                    Math.round(plain * 1e6),
                    Math.round(half * 1e6),
                    Math.round(full * 1e6));
            return new Result(
                    plain > half * WORTH_IT ? WeightForm.FLOAT16 : WeightForm.PLAIN,
                    Math.min(plain, half) > full * WORTH_TWICE_THE_MEMORY);
        } catch (EngineException e) {
            LOG.log(Level.WARNING, "can't measure products; weights stay as they are", e);
            return new Result(WeightForm.PLAIN, false);
        }
    }

    private static double best(ProductBench bench, DType dtype, WeightForm form)
            throws EngineException {
        return bench.best(256, 1024, 1024, dtype, form);
    }
}
