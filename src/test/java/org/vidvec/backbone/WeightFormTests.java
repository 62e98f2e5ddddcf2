package org.vidvec.backbone;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.vidvec.backbone.Vectors.assertCosine;

import java.util.List;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.WeightForm;
import org.vidvec.family.Qwen2VlTestCase;
import org.vidvec.prompt.PreparedSequence;

/** What other forms of the matrices lose, against the reference's bfloat16. */
public class WeightFormTests extends Qwen2VlTestCase {

    private static final List<String> CASES = List.of("text_short", "video");

    private VisionLanguageNetwork load(String fixture, WeightForm form) throws Exception {
        return load(fixture, new NetworkOptions(Device.CPU, DType.BFLOAT16, 0, true, null, form));
    }

    public void testFloat16() throws Exception {
        check(WeightForm.FLOAT16, 0.999);
    }

    public void testInt8() throws Exception {
        check(WeightForm.INT8, 0.99);
    }

    private void check(WeightForm form, double least) throws Exception {
        for (String fixture : FIXTURES) {
            try (VisionLanguageNetwork exact = load(fixture, DType.FLOAT32);
                    VisionLanguageNetwork plain = load(fixture, WeightForm.PLAIN);
                    VisionLanguageNetwork other = load(fixture, form)) {
                for (String name : CASES) {
                    PreparedSequence sequence = sequence(fixture, name);
                    for (int layer : new int[] {1, exact.layers()}) {
                        float[] state = state(other, sequence, layer);
                        String what = fixture + " " + name + " " + form + " layer " + layer;
                        assertCosine(what, state(exact, sequence, layer), state, least);
                        assertCosine(what, state(plain, sequence, layer), state, least);
                    }
                }
            }
        }
    }

    public void testInt8TakesLess() throws Exception {
        try (VisionLanguageNetwork plain = load("qwen2_vl_a", WeightForm.PLAIN);
                VisionLanguageNetwork int8 = load("qwen2_vl_a", WeightForm.INT8)) {
            assertThat(int8.memoryBytes(), lessThan(plain.memoryBytes()));
        }
    }

    public void testNotOnAGpu() {
        Device gpu = new Device("cuda", 0);
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () ->
                                new NetworkOptions(
                                        gpu, DType.BFLOAT16, 0, true, null, WeightForm.INT8));
        assertThat(e.getMessage(), containsString("[quantization] [int8] is for CPUs"));
    }
}
