package org.vidvec.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.DType;
import org.vidvec.engine.SeenProducts;
import org.vidvec.engine.SeenProducts.Product;
import org.vidvec.family.Qwen2VlTestCase;
import org.vidvec.prompt.PreparedSequence;

/** What the bench multiplies beside a pass is what libtorch sees multiplied in it. */
public class ProductShapesTests extends Qwen2VlTestCase {

    private static final String FIXTURE = "qwen2_vl_a";

    public void testTheProductsAreThoseOfThePass() throws Exception {
        List<PreparedSequence> batch = new ArrayList<>();
        for (String name : List.of("text_short", "video", "image", "video_odd")) {
            batch.add(sequence(FIXTURE, name));
        }
        Checkpoint checkpoint = Checkpoint.open(fixture(FIXTURE).resolve("checkpoint"));
        try (VisionLanguageNetwork network = load(FIXTURE, DType.FLOAT32)) {
            for (int layer = 1; layer <= network.layers(); layer++) {
                ReadoutPlan plan = ReadoutPlan.state(layer, Pooling.LAST);
                List<Product> seen =
                        SeenProducts.of(
                                createTempFile(), () -> network.read(batch, List.of(), plan));
                assertEquals(
                        "layer " + layer,
                        counted(seen),
                        expected(ProductShapes.of(checkpoint, layer), batch));
            }
        }
    }

    private static Map<String, Integer> counted(List<Product> products) {
        Map<String, Integer> counted = new TreeMap<>();
        products.forEach(product -> counted.merge(product.toString(), 1, Integer::sum));
        return counted;
    }

    private static Map<String, Integer> expected(
            ProductShapes shapes, List<PreparedSequence> batch) {
        Map<String, Integer> expected = new TreeMap<>();
        shapes.byRows()
                .forEach(
                        (rows, matrices) ->
                                matrices.forEach(
                                        (shape, times) -> {
                                            long seen = rows.of(batch, 0);
                                            if (seen > 0) {
                                                Product product =
                                                        new Product(seen, shape.in(), shape.out());
                                                expected.merge(
                                                        product.toString(), times, Integer::sum);
                                            }
                                        }));
        return expected;
    }
}
