package org.vidvec.moments;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

public class AggregateTests extends ESTestCase {

    private static final List<float[]> VECTORS =
            List.of(new float[] {0.6f, 0.8f, 0}, new float[] {0, 0.8f, -0.6f});

    public void testMaxTakesTheLargestOfEachDimension() {
        // 0.6, 0.8, 0 has norm 1
        assertArrayEquals(new float[] {0.6f, 0.8f, 0}, Aggregate.MAX.of(VECTORS), 1e-6f);
    }

    public void testCentroidIsTheDirectionOfTheSum() {
        // 0.6, 1.6, -0.6 over sqrt(3.28)
        float[] expected = {0.33129457f, 0.88345220f, -0.33129457f};
        assertArrayEquals(expected, Aggregate.CENTROID.of(VECTORS), 1e-6f);
    }

    public void testOppositesHaveNoDirection() {
        List<float[]> opposites = List.of(new float[] {1, 0}, new float[] {-1, 0});
        Exception e =
                expectThrows(
                        IllegalArgumentException.class, () -> Aggregate.CENTROID.of(opposites));
        assertEquals(
                "the vectors of the windows cancel each other out; choose another [aggregate]",
                e.getMessage());
    }

    public void testWords() {
        assertEquals(Aggregate.MAX, Aggregate.fromString("max"));
        assertEquals(Aggregate.CENTROID, Aggregate.fromString("centroid"));
        Exception e =
                expectThrows(IllegalArgumentException.class, () -> Aggregate.fromString("mean"));
        assertEquals(
                "unknown [aggregate] [mean]; it must be one of [max, centroid]", e.getMessage());
    }
}
