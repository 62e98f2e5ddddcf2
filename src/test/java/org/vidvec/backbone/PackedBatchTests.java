package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;
import org.vidvec.engine.SeenProducts;
import org.vidvec.engine.SeenProducts.Product;
import org.vidvec.family.Qwen2VlTestCase;
import org.vidvec.prompt.PreparedSequence;

/** No token is computed that nobody sent. */
public class PackedBatchTests extends Qwen2VlTestCase {

    private static final String FIXTURE = "qwen2_vl_a";
    private static final int[] LENGTHS = {5, 200, 17, 1, 64};

    private static PreparedSequence text(int tokens) {
        long[] ids = new long[tokens];
        Arrays.setAll(ids, i -> 30 + i);
        long[] positions = new long[tokens];
        Arrays.setAll(positions, i -> i);
        return new PreparedSequence(ids, new long[][] {positions, positions, positions}, List.of());
    }

    public void testARaggedBatchComputesTheSumOfItsLengths() throws Exception {
        List<PreparedSequence> batch = new ArrayList<>();
        for (int length : LENGTHS) {
            batch.add(text(length));
        }
        try (VisionLanguageNetwork network = load(FIXTURE, DType.FLOAT32)) {
            int layers = network.layers();
            for (Pooling pooling : Pooling.values()) {
                List<Product> products =
                        SeenProducts.of(
                                createTempFile(),
                                () -> network.read(batch, ReadoutPlan.state(layers, pooling)));
                // q, k, v, o, gate, up and down of each layer
                assertEquals(7 * layers, products.size());
                int ends = pooling == Pooling.LAST ? 5 : 0;
                for (int i = 0; i < products.size(); i++) {
                    boolean read = i >= products.size() - ends;
                    String what = pooling + " product " + i + " of " + products.size();
                    assertEquals(what, read ? LENGTHS.length : 287, products.get(i).rows());
                }
            }
        }
    }
}
