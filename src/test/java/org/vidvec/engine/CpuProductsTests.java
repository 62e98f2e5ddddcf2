package org.vidvec.engine;

import java.util.Set;
import org.elasticsearch.test.ESTestCase;

/** With the features of CPUs whose products were measured (decision 0016). */
public class CpuProductsTests extends ESTestCase {

    public void testByInstructions() {
        assertEquals(
                "Xeon with AMX",
                CpuProducts.TILES,
                CpuProducts.of(Set.of("avx512f", "avx512_bf16", "avx512_fp16", "amx_bf16")));
        assertEquals(
                "the same where AMX is hidden",
                CpuProducts.FLOAT16,
                CpuProducts.of(Set.of("avx512f", "avx512_bf16", "avx512_fp16")));
        assertEquals(
                "EPYC", CpuProducts.BFLOAT16, CpuProducts.of(Set.of("avx512f", "avx512_bf16")));
        assertEquals("older", CpuProducts.FLOAT32, CpuProducts.of(Set.of("avx2", "f16c")));
        assertEquals(CpuProducts.UNKNOWN, CpuProducts.of(Set.of()));
    }

    public void testThisMachineIsKnown() {
        assertNotEquals(CpuProducts.UNKNOWN, CpuProducts.ofThisMachine());
    }
}
