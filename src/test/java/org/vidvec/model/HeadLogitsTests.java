package org.vidvec.model;

import org.elasticsearch.test.ESTestCase;

public class HeadLogitsTests extends ESTestCase {

    public void testNumbersOnly() throws ModelException {
        HeadLogits.requireFinite("m", 3, -Float.MAX_VALUE);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            ModelException e =
                    expectThrows(
                            ModelException.class, () -> HeadLogits.requireFinite("m", 1.5f, bad));
            assertEquals(ModelException.Kind.ENGINE, e.kind());
            assertEquals(
                    "model [m] gave the logits [1.5] and ["
                            + bad
                            + "]; its weights are damaged, or too large for its dtype: compare the"
                            + " files with the originals, or set [dtype] to [float32] in"
                            + " [vidvec.json]",
                    e.getMessage());
        }
    }
}
