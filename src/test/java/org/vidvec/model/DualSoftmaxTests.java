package org.vidvec.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticsearch.test.ESTestCase;

public class DualSoftmaxTests extends ESTestCase {

    /**
     * python3 -c "import torch; s = torch.tensor([[.3,.5,.1],[.6,.4,.2]]).double(); print((s*4)
     * .softmax(1) * (s*4).softmax(0))"
     */
    public void testReferenceValues() {
        double[][] scores = {{0.3, 0.5, 0.1}, {0.6, 0.4, 0.2}};
        double[][] expected = REFERENCE;
        double[][] found = DualSoftmax.logarithms(scores, 4);
        for (int q = 0; q < expected.length; q++) {
            assertArrayEquals(expected[q], Arrays.stream(found[q]).map(Math::exp).toArray(), 1e-6);
        }
    }

    public void testABankOrdersLikeTheWholeMatrix() {
        double[][] scores = new double[5][8];
        for (double[] row : scores) {
            for (int c = 0; c < row.length; c++) {
                row[c] = randomDouble();
            }
        }
        double[][] whole = DualSoftmax.logarithms(scores, 7);
        for (int q = 0; q < scores.length; q++) {
            double[] online = new double[8];
            for (int c = 0; c < 8; c++) {
                int query = q;
                int candidate = c;
                double[] bank =
                        IntStream.range(0, 5)
                                .filter(other -> other != query)
                                .mapToDouble(other -> scores[other][candidate])
                                .toArray();
                online[c] = DualSoftmax.againstBank(scores[q][c], bank, 7);
            }
            assertEquals(order(whole[q]), order(online));
        }
    }

    private static List<Integer> order(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .toList();
    }

    public void testNothing() {
        assertEquals(0, DualSoftmax.logarithms(new double[0][], 1).length);
        // without a bank the candidate's own score decides
        assertEquals(0.5, DualSoftmax.againstBank(0.5, new double[0], 1), 1e-12);
    }

    private static final double[][] REFERENCE = {
        {0.062988683, 0.362571710, 0.049068746}, {0.465426935, 0.109204500, 0.073201964}
    };
}
