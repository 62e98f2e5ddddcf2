package org.vidvec.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TorchEngine;
import org.vidvec.model.ModelParts;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.train.Learner;
import org.vidvec.train.Learning;
import org.vidvec.train.LearningPass;
import org.vidvec.train.LoraSettings;
import org.vidvec.train.LoraTargets;
import org.vidvec.train.Losses;

/**
 * Gradients of all weights, vision tower and embeddings among them, against PyTorch's
 * (src/test/parity/gradients.py), in every way that the trainer has to get at them.
 */
public class GradientParityTests extends ESTestCase {

    private static final Learning LORA =
            new Learning.Lora(
                    new LoraSettings(4, 8, LoraTargets.expression(LoraTargets.ALL)), null, false);

    /** What a way back gave. */
    private record Result(double loss, Map<String, float[]> gradients) {}

    private static TorchEngine engine() throws Exception {
        return TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
    }

    public void testAllWeights() throws Exception {
        JsonObject expected = Parity.json("qwen2_vl_a/gradients/all_weights.json");
        Result result = learn("qwen2_vl_a", DType.FLOAT32, new Learning.Full(), false);
        assertEquals(expected.get("loss").getAsDouble(), result.loss(), 2e-5);
        JsonObject gradients = expected.getAsJsonObject("gradients");
        int compared = 0;
        for (Map.Entry<String, JsonElement> gradient : gradients.entrySet()) {
            float[] actual = result.gradients().get(name(gradient.getKey()));
            assertNotNull(gradient.getKey() + " among " + result.gradients().keySet(), actual);
            JsonArray values = gradient.getValue().getAsJsonArray();
            double norm = values.get(0).getAsDouble();
            double bound = 1e-3 * norm + 1e-7;
            assertEquals(gradient.getKey(), norm, norm(actual), bound);
            assertEquals(
                    gradient.getKey(), values.get(1).getAsDouble(), alternating(actual), bound);
            assertEquals(gradient.getKey(), values.get(2).getAsDouble(), actual[0], bound);
            compared++;
        }
        assertEquals(compared, result.gradients().size());
        assertTrue("[" + compared + "]", compared > 100);
    }

    /** transformers 5 has its own names for what the file calls model. and visual. */
    private static String name(String theirs) {
        return theirs.replace("model.language_model.", "model.")
                .replace("model.visual.", "visual.");
    }

    public void testLayersThatAreComputedOnceMore() throws Exception {
        // the second adds vision features to the outputs of its first layers
        for (String fixture : List.of("qwen2_vl_a", "qwen3_vl_b")) {
            for (Learning learning : List.of(new Learning.Full(), LORA)) {
                Result whole = learn(fixture, DType.FLOAT32, learning, false);
                Result again = learn(fixture, DType.FLOAT32, learning, true);
                assertEquals(whole.loss(), again.loss(), 1e-6);
                assertEquals(whole.gradients().keySet(), again.gradients().keySet());
                whole.gradients()
                        .forEach(
                                (name, g) ->
                                        assertArrayEquals(
                                                fixture + " " + name,
                                                g,
                                                again.gradients().get(name),
                                                (float) (1e-5 * norm(g) + 1e-8)));
            }
        }
    }

    public void testBFloat16() throws Exception {
        for (Learning learning : List.of(new Learning.Full(), LORA)) {
            Result exact = learn("qwen2_vl_a", DType.FLOAT32, learning, false);
            for (boolean recomputes : new boolean[] {false, true}) {
                Result rounded = learn("qwen2_vl_a", DType.BFLOAT16, learning, recomputes);
                assertEquals(exact.loss(), rounded.loss(), 0.03 * exact.loss());
                double dot = 0;
                double a = 0;
                double b = 0;
                for (String name : exact.gradients().keySet()) {
                    float[] x = exact.gradients().get(name);
                    float[] y = rounded.gradients().get(name);
                    for (int i = 0; i < x.length; i++) {
                        dot += (double) x[i] * y[i];
                        a += (double) x[i] * x[i];
                        b += (double) y[i] * y[i];
                    }
                }
                double cosine = dot / Math.sqrt(a * b);
                assertTrue("cosine [" + cosine + "]", cosine > 0.99);
                assertEquals(Math.sqrt(a), Math.sqrt(b), 0.05 * Math.sqrt(a));
            }
        }
    }

    /** The loss of gradients.py and all gradients that are not zero. */
    private static Result learn(String fixture, DType dtype, Learning learning, boolean recomputes)
            throws Exception {
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        NetworkOptions options = NetworkOptions.likeReference(dtype, null);
        NetworkOptions fused =
                new NetworkOptions(options.device(), dtype, 0, true, null, options.form(), false);
        List<PreparedSequence> sequences =
                List.of(sequence(fixture, "video"), sequence(fixture, "text_short"));
        try (ModelParts parts = ModelParts.open(natives, Parity.path(fixture + "/checkpoint"), 1);
                VisionLanguageNetwork network = parts.network(fused);
                Losses losses = new Losses(engine());
                Learner learner = new Learner(network.learner(), learning, 3, null)) {
            NetworkLearner n = network.learner();
            double loss;
            try (LearningPass pass = new LearningPass(n, learner.optimizer(), recomputes)) {
                Tensor states = pass.states(sequences, n.layers());
                Tensor logits = n.logits(pass.scope(), states, before(sequences), new long[0]);
                long[] words = words(sequences);
                Tensor tokens = pass.scope().longs(words, words.length);
                loss = pass.backward(losses.nextToken(pass.scope(), logits, tokens));
            }
            Map<String, float[]> gradients = new LinkedHashMap<>();
            for (String name : learner.names()) {
                float[] gradient = learner.optimizer().gradient(name);
                if (norm(gradient) > 0) {
                    gradients.put(name, gradient);
                }
            }
            return new Result(loss, gradients);
        }
    }

    private static final int LAST = 8;

    private static PreparedSequence sequence(String fixture, String name) throws Exception {
        ParityCase c = ParityCase.open(Parity.path(fixture), name);
        JsonObject config = Parity.json(fixture + "/checkpoint/config.json");
        long image = config.get("image_token_id").getAsLong();
        long video = config.get("video_token_id").getAsLong();
        return c.sequence("", "position_ids", image, video, 2);
    }

    private static long[] before(List<PreparedSequence> sequences) {
        LongStream.Builder places = LongStream.builder();
        int end = 0;
        for (PreparedSequence sequence : sequences) {
            end += sequence.length();
            LongStream.range(end - LAST - 1, end - 1).forEach(places::add);
        }
        return places.build().toArray();
    }

    private static long[] words(List<PreparedSequence> sequences) {
        return sequences.stream()
                .flatMapToLong(
                        s ->
                                Arrays.stream(
                                        Arrays.copyOfRange(s.ids(), s.length() - LAST, s.length())))
                .toArray();
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static double alternating(float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += i % 2 == 0 ? values[i] : -values[i];
        }
        return sum;
    }
}
