package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;

/** Gradients and steps on a loss that is small enough to work out by hand. */
public class OptimizerTests extends ESTestCase {

    private static final float[] LABELLED = {0.5f, -0.5f};

    private static TorchEngine engine() throws Exception {
        return TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
    }

    // of the match loss by the logits {0.5, -0.5} with the label 1: P(Yes) - 1 and P(No)
    private static final double GRADIENT = 1 / (1 + Math.exp(1));

    public void testGradientsAddUpUntilTheyAreForgotten() throws Exception {
        try (Losses losses = new Losses(engine());
                Optimizer optimizer = new Optimizer(engine());
                TensorScope scope = engine().scope()) {
            Tensor p = scope.leaf(LABELLED, 1, 2);
            Tensor other = scope.leaf(new float[] {1}, 1);
            optimizer.track("p", p);
            optimizer.track("other", other);
            double loss = optimizer.backward(loss(losses, scope, p));
            assertEquals(Math.log(1 + Math.exp(-1)), loss, 1e-6);
            optimizer.backward(loss(losses, scope, p));
            assertEquals(-2 * GRADIENT, optimizer.gradient("p")[0], 1e-6);
            assertEquals(2 * GRADIENT, optimizer.gradient("p")[1], 1e-6);
            assertEquals("the loss does not need it", 0, optimizer.gradient("other")[0], 0);
            assertEquals(2 * Math.sqrt(2) * GRADIENT, optimizer.gradientNorm(), 1e-6);
            optimizer.scaleGradients(0.25);
            assertEquals(0.5 * GRADIENT, optimizer.gradient("p")[1], 1e-6);
            optimizer.zeroGradients();
            assertEquals(0, optimizer.gradientNorm(), 0);
        }
    }

    public void testAdamW() throws Exception {
        double rate = 0.1;
        double decay = 0.5;
        double eps = 0.01;
        float[] after = steps(new StepRule.AdamW(0.9, 0.99, eps, decay), rate, 1);
        // the first step is the gradient over its own size plus epsilon
        double step = rate * GRADIENT / (GRADIENT + eps);
        assertEquals(0.5 * (1 - rate * decay) + step, after[0], 1e-6);
        assertEquals(-0.5 * (1 - rate * decay) - step, after[1], 1e-6);
    }

    public void testWhatDoesNotDecay() throws Exception {
        double rate = 0.1;
        StepRule[] rules = {
            new StepRule.AdamW(0.9, 0.99, 0, 0.5), new StepRule.Lion(0.9, 0.99, 0.5)
        };
        for (StepRule rule : rules) {
            try (Losses losses = new Losses(engine());
                    Optimizer optimizer = new Optimizer(engine());
                    TensorScope scope = engine().scope()) {
                Tensor p = scope.leaf(LABELLED, 1, 2);
                optimizer.track("p", p, p, false);
                optimizer.backward(loss(losses, scope, p));
                optimizer.step(rule, 1, rate);
                assertEquals("a step by the sign alone", 0.5 + rate, p.toFloats()[0], 1e-5);
            }
        }
    }

    public void testLion() throws Exception {
        double rate = 0.1;
        double decay = 0.5;
        float[] after = steps(new StepRule.Lion(0.9, 0.99, decay), rate, 2);
        double first = 0.5 * (1 - rate * decay) + rate;
        assertEquals(first * (1 - rate * decay) + rate, after[0], 1e-6);
    }

    public void testMuonOfMatricesIsThatOfTorch() throws Exception {
        JsonObject reference = muon();
        for (JsonElement each : reference.getAsJsonArray("cases")) {
            JsonObject one = each.getAsJsonObject();
            float[] last = muonSteps("layer.weight", reference, one);
            double[] wanted = numbers(one, "last");
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], last[i], 1e-5);
            }
        }
    }

    public void testMuonTakesEmbeddingsToAdamW() throws Exception {
        JsonObject reference = muon();
        JsonObject one = reference.getAsJsonArray("cases").get(0).getAsJsonObject();
        float[] matrix = muonSteps("layer.weight", reference, one);
        for (String name : List.of("model.embed_tokens.weight", "lm_head.weight")) {
            float[] last = muonSteps(name, reference, one);
            assertNotEquals(matrix[0], last[0], 1e-2);
            // while gradients keep their signs a step of AdamW is the rate, whatever their size
            double first = numbers(one, "first")[0];
            double keeps = 1 - reference.get("rate").getAsDouble() * 0.5;
            double moved = last[0] - first * Math.pow(keeps, 3);
            double full = 0.1 * (1 + keeps + keeps * keeps);
            assertEquals(full, Math.abs(moved), 0.05 * full);
        }
    }

    private static JsonObject muon() throws IOException {
        try (Reader reader =
                new InputStreamReader(
                        OptimizerTests.class.getResourceAsStream("/train/muon.json"),
                        StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    private static float[] muonSteps(String name, JsonObject reference, JsonObject one)
            throws Exception {
        double[] shape = numbers(one, "shape");
        long[] labels = new long[(int) shape[0]];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = 1 - (long) numbers(one, "labels")[i];
        }
        double decay = reference.get("decay").getAsDouble();
        StepRule rule =
                new StepRule.Muon(
                        reference.get("momentum").getAsDouble(),
                        new StepRule.AdamW(0.9, 0.99, 1e-8, decay));
        try (Losses losses = new Losses(engine());
                Optimizer optimizer = new Optimizer(engine());
                TensorScope scope = engine().scope()) {
            Tensor p = scope.leaf(floats(numbers(one, "first")), labels.length, 2);
            optimizer.track(name, p);
            for (int i = 1; i <= reference.get("steps").getAsInt(); i++) {
                optimizer.zeroGradients();
                Tensor wanted = scope.longs(labels, labels.length);
                optimizer.backward(losses.match(scope, p, wanted));
                optimizer.step(rule, i, reference.get("rate").getAsDouble());
            }
            return p.toFloats();
        }
    }

    private static double[] numbers(JsonObject json, String name) {
        return json.getAsJsonArray(name).asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static float[] steps(StepRule rule, double rate, int count) throws Exception {
        try (Losses losses = new Losses(engine());
                Optimizer optimizer = new Optimizer(engine());
                TensorScope scope = engine().scope()) {
            Tensor p = scope.leaf(LABELLED, 1, 2);
            optimizer.track("p", p);
            for (int i = 1; i <= count; i++) {
                optimizer.zeroGradients();
                optimizer.backward(loss(losses, scope, p));
                optimizer.step(rule, i, rate);
            }
            return p.toFloats();
        }
    }

    public void testWhatHasNoGradientIsRefused() throws Exception {
        try (Losses losses = new Losses(engine());
                Optimizer optimizer = new Optimizer(engine());
                TensorScope scope = engine().scope()) {
            Tensor plain = scope.floats(LABELLED, 1, 2);
            Tensor loss = loss(losses, scope, plain);
            EngineException e =
                    expectThrows(
                            EngineException.class,
                            () -> optimizer.gradientsAt(scope, loss, List.of(plain)));
            assertThat(e.getMessage(), containsString("does not require grad"));
        }
    }

    public void testStepsLeaveNothingBehind() throws Exception {
        try (Losses losses = new Losses(engine());
                Optimizer optimizer = new Optimizer(engine());
                TensorScope all = engine().scope()) {
            Tensor p = all.leaf(LABELLED, 1, 2);
            optimizer.track("p", p);
            long before = TensorScope.liveTensors();
            for (int i = 1; i <= 100; i++) {
                try (TensorScope scope = engine().scope()) {
                    optimizer.backward(loss(losses, scope, p));
                }
                optimizer.step(new StepRule.Lion(0.9, 0.99, 0), i, 0.01);
                assertEquals(before, TensorScope.liveTensors());
            }
        }
    }

    private static Tensor loss(Losses losses, TensorScope scope, Tensor logits) throws Exception {
        return losses.match(scope, logits, scope.longs(new long[] {1}, 1));
    }
}
