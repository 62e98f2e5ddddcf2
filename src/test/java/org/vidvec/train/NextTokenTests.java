package org.vidvec.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.DType;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.VisionInput;

/**
 * Next-token loss of an answer about a video: as transformers has it, lm_loss.py beside the
 * numbers.
 */
public class NextTokenTests extends ESTestCase {

    private static final int MERGE = 2;
    private static final int ANSWER = 4;

    private static JsonObject fixture() throws Exception {
        try (InputStream in = NextTokenTests.class.getResourceAsStream("/lessons/lm_loss.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return JsonParser.parseString(text).getAsJsonObject();
        }
    }

    private static PreparedSequence sequence(JsonObject json) {
        Gson gson = new Gson();
        long[] ids = gson.fromJson(json.get("ids"), long[].class);
        long[][] positions = gson.fromJson(json.get("positions"), long[][].class);
        int[] grid = gson.fromJson(json.get("grid"), int[].class);
        float[] patches = new float[grid[0] * grid[1] * grid[2] * json.get("width").getAsInt()];
        for (int i = 0; i < patches.length; i++) {
            patches[i] = (float) Math.sin(i * 0.37);
        }
        PatchGrid shape = new PatchGrid(grid[0], grid[1], grid[2]);
        VisionInput video = new VisionInput(patches, shape, MERGE, ids[3]);
        return new PreparedSequence(ids, positions, List.of(video));
    }

    public void testLossAndGradientsAreThoseOfTransformers() throws Exception {
        JsonObject json = fixture();
        PreparedSequence whole = sequence(json);
        check(json, List.of(new BranchedSequence(whole, List.of())), whole.length() - ANSWER - 1);
    }

    /** The same question in a branch behind another one. */
    public void testInABranchAsWell() throws Exception {
        JsonObject json = fixture();
        PreparedSequence whole = sequence(json);
        int head = whole.picturesEnd();
        long[] branch = whole.tail(head).ids();
        BranchedSequence two =
                new BranchedSequence(whole.head(head), List.of(new long[] {9, 8, 7, 6}, branch));
        check(json, List.of(two), two.length() - ANSWER - 1);
    }

    private static void check(JsonObject json, List<BranchedSequence> batch, int from)
            throws Exception {
        try (TrainableModel model =
                        TrainableModel.open(
                                NativeLibraries.fromSystemProperty(),
                                Parity.path("qwen2_vl_a/checkpoint"),
                                1);
                Losses losses = new Losses(model.network().learner().engine());
                Optimizer optimizer = new Optimizer(model.network().learner().engine());
                Parameters parameters = new Parameters(model.network().learner())) {
            NetworkLearner learner = model.network().learner();
            for (String name : learner.weights().keySet()) {
                Map<String, float[]> values = new HashMap<>(Map.of(name, learner.weight(name)));
                parameters.add(
                        name, name, DType.FLOAT32, values, learner.weights().get(name).shape());
            }
            parameters.track(optimizer);
            long[] places = new long[ANSWER];
            long[] tokens = new long[ANSWER];
            List<Integer> labels =
                    new Gson()
                            .<List<Double>>fromJson(json.get("labels"), List.class).stream()
                                    .map(Double::intValue)
                                    .toList();
            for (int i = 0; i < ANSWER; i++) {
                places[i] = from + i;
                tokens[i] = labels.get(labels.size() - ANSWER + i);
            }
            try (TensorScope scope = learner.engine().scope()) {
                Tensor states = learner.branchedStates(scope, batch, learner.layers());
                Tensor logits = learner.logits(scope, states, places, new long[0]);
                Tensor loss = losses.nextToken(scope, logits, scope.longs(tokens, ANSWER));
                assertEquals(json.get("loss").getAsDouble(), optimizer.backward(loss), 2e-5);
            }
            gradients(json.getAsJsonObject("gradient_norms"), parameters, optimizer);
        }
    }

    private static void gradients(JsonObject norms, Parameters parameters, Optimizer optimizer)
            throws Exception {
        for (String published : norms.keySet()) {
            String name =
                    published
                            .replace("model.language_model.", "model.")
                            .replace("model.visual.", "visual.");
            assertTrue(published, parameters.names().contains(name));
            double squares = 0;
            for (float value : optimizer.gradient(name)) {
                squares += (double) value * value;
            }
            double expected = norms.get(published).getAsDouble();
            assertEquals(published, expected, Math.sqrt(squares), 1e-4 * expected + 1e-6);
        }
    }
}
