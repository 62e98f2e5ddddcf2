package org.vidvec.train;

import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;

/** What the fixture of losses does not have; the numbers are worked out by hand. */
public class LossesTests extends ESTestCase {

    private static TorchEngine engine() throws Exception {
        return TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
    }

    public void testNextTokenLeavesOutNegativeTokens() throws Exception {
        try (Losses losses = new Losses(engine());
                TensorScope scope = engine().scope()) {
            Tensor logits = scope.floats(new float[] {0, 0, 0, 2, 0, 0, 9, 9, 9}, 3, 3);
            Tensor tokens = scope.longs(new long[] {1, 0, -100}, 3);
            // ln 3 for three equal logits, ln (e^2 + 2) - 2 for the second row
            double expected = (Math.log(3) + Math.log(Math.exp(2) + 2) - 2) / 2;
            assertEquals(expected, value(losses.nextToken(scope, logits, tokens)), 1e-6);
        }
    }

    public void testMatchIsTheEntropyOfYesAndNoAlone() throws Exception {
        try (Losses losses = new Losses(engine());
                TensorScope scope = engine().scope()) {
            Tensor logits = scope.floats(new float[] {3, 1, 3, 1}, 2, 2);
            Tensor labels = scope.longs(new long[] {1, 0}, 2);
            double yes = 1 / (1 + Math.exp(-2));
            double expected = -(Math.log(yes) + Math.log(1 - yes)) / 2;
            assertEquals(expected, value(losses.match(scope, logits, labels)), 1e-6);
        }
    }

    public void testLengthsOfVectorsDoNotMatter() throws Exception {
        try (Losses losses = new Losses(engine());
                TensorScope scope = engine().scope()) {
            Tensor queries = scope.floats(new float[] {1, 0, 0, 1}, 2, 2);
            Tensor targets = scope.floats(new float[] {0.6f, 0.8f, -0.8f, 0.6f}, 2, 2);
            Tensor longer = scope.floats(new float[] {6, 8, -80, 60}, 2, 2);
            double loss = value(losses.infoNce(scope, queries, targets, 0.5));
            // cosines 0.6, -0.8 and 0.8, 0.6
            double first = Math.log(1 + Math.exp(-1.4 / 0.5));
            double second = Math.log(1 + Math.exp(0.2 / 0.5));
            assertEquals((first + second) / 2, loss, 1e-6);
            assertEquals(loss, value(losses.infoNce(scope, queries, longer, 0.5)), 1e-6);
        }
    }

    private static double value(Tensor loss) throws Exception {
        return loss.toFloats()[0];
    }
}
