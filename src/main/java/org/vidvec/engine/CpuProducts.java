package org.vidvec.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a CPU should multiply bfloat16 weights with, told by its instructions (decision 0016). A
 * table and not a measurement: a machine chooses the same at every start, and what a model takes is
 * known before it is loaded.
 */
public enum CpuProducts {
    /** AMX: tiles of bfloat16, many times the rate of float32. */
    TILES(WeightForm.PLAIN, DType.BFLOAT16),
    /** avx512_fp16 alone: float16 is as fast as float32, and bfloat16 half as fast. */
    FLOAT16(WeightForm.FLOAT16, DType.BFLOAT16),
    /** avx512_bf16 alone: bfloat16 is twice as fast as float32. */
    BFLOAT16(WeightForm.PLAIN, DType.BFLOAT16),
    /** None of 16 bits: each number is taken apart first. float32 is worth twice the memory. */
    FLOAT32(WeightForm.PLAIN, DType.FLOAT32),
    /** Not known: weights stay as they are. */
    UNKNOWN(WeightForm.PLAIN, DType.BFLOAT16);

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String FLAGS = "flags";
    private static final Logger LOG = System.getLogger(CpuProducts.class.getName());

    private final WeightForm form;
    private final DType dtype;

    CpuProducts(WeightForm form, DType dtype) {
        this.form = form;
        this.dtype = dtype;
    }

    /** The form of a bfloat16 network's matrices that is fastest and loses nothing. */
    public WeightForm form() {
        return form;
    }

    /** What a network stored in bfloat16 is computed in where nobody asks for a type. */
    public DType dtype() {
        return dtype;
    }

    /** This machine's. */
    public static CpuProducts ofThisMachine() {
        return Known.PRODUCTS;
    }

    /** Read once, when it is first asked for. */
    private static final class Known {
        static final CpuProducts PRODUCTS = read();
    }

    /**
     * Those of a CPU.
     *
     * @param flags its features, in the names of Linux; empty if they are not known
     */
    static CpuProducts of(Set<String> flags) {
        if (flags.isEmpty()) {
            return UNKNOWN;
        }
        if (flags.contains("amx_bf16")) {
            return TILES;
        }
        if (flags.contains("avx512_fp16")) {
            return FLOAT16;
        }
        return flags.contains("avx512_bf16") ? BFLOAT16 : FLOAT32;
    }

    private static Set<String> flags(String line) {
        String names = line.substring(line.indexOf(':') + 1);
        return Set.copyOf(List.of(names.trim().split("\\s+")));
    }

    private static CpuProducts read() {
        CpuProducts products;
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            products =
                    lines.filter(line -> line.startsWith(FLAGS))
                            .findFirst()
                            .map(line -> of(flags(line)))
                            .orElse(UNKNOWN);
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "can't read [" + CPU_INFO + "]; bfloat16 weights stay as they are",
                    e);
            return UNKNOWN;
        }
        LOG.log(
                Level.INFO,
                "[{0}] products: networks stored in bfloat16 are computed in [{1}], matrices kept [{2}]",
                products,
                products.dtype.label(),
                products.form.label());
        return products;
    }
}
