package org.vidvec.train;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** By the rules of PEFT's target_modules. */
public class LoraTargetsTests extends ESTestCase {

    private static final String FIRST = "model.language_model.layers.0.self_attn.q_proj";
    private static final String SECOND = "model.language_model.layers.10.self_attn.q_proj";
    private static final String DOWN = "model.language_model.layers.10.mlp.down_proj";
    private static final List<String> ALL = List.of(FIRST, SECOND, DOWN);

    public void testNamesAreEnds() {
        assertEquals(List.of(FIRST, SECOND), LoraTargets.names(List.of("q_proj")).among(ALL));
        assertEquals(List.of(DOWN), LoraTargets.names(List.of("mlp.down_proj", DOWN)).among(ALL));
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> LoraTargets.names(List.of("q_proj", "proj")).among(ALL));
        assertTrue(e.getMessage(), e.getMessage().startsWith("the target [proj] is none of"));
    }

    public void testExpressionsAreWhole() {
        assertEquals(List.of(SECOND, DOWN), LoraTargets.expression(".*\\.10\\..*_proj").among(ALL));
        assertEquals(ALL, LoraTargets.expression("all-linear").among(ALL));
        expectThrows(
                IllegalArgumentException.class, () -> LoraTargets.expression("q_proj").among(ALL));
    }
}
