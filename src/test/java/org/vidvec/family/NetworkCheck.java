package org.vidvec.family;

import static org.junit.Assert.assertEquals;
import static org.vidvec.backbone.Vectors.assertCosine;
import static org.vidvec.backbone.Vectors.assertNear;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.Trace;
import org.vidvec.backbone.Vectors;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.PreparedSequence;

/**
 * A network against what transformers gives for one sequence: all intermediates that the case
 * holds, and all read-outs. Bounds are those of the fixtures' README.
 *
 * @param prefix of the case's tensors: empty, or {@code row0.} and so on
 */
record NetworkCheck(
        Parity.Case c,
        TensorFile tensors,
        String prefix,
        VisionLanguageNetwork network,
        PreparedSequence sequence) {

    static final double STATES = 2e-4;
    static final double LOGITS = 3e-4;
    static final double EMBEDDINGS = 1e-5;
    private static final double COSINE_BFLOAT16 = 0.999;

    /** In float32. */
    void run() throws Exception {
        Trace trace = network.trace(sequence);
        assertEquals(network.layers() + 1, trace.hiddenStates().size());
        for (Map.Entry<String, float[]> computed : trace.byName().entrySet()) {
            float[] expected = expected("", computed.getKey());
            // trimmed fixtures leave out large intermediates, never the results
            if (expected.length > 0) {
                double bound = computed.getKey().startsWith("logits") ? LOGITS : STATES;
                assertNear(name(computed.getKey()), expected, computed.getValue(), bound);
            }
        }
        JsonObject json = c.json();
        int yes = json.get("yes_token").getAsInt();
        int no = json.get("no_token").getAsInt();
        float[] both = Vectors.logSoftmax(trace.logitsLast(), yes, no);
        assertNear(name("yes_no_logprob"), tensors.floats(prefix + "yes_no_logprob"), both, LOGITS);
        near("p_yes", pYes(yes, no), EMBEDDINGS);
        int mid = json.get("mid_layer").getAsInt();
        near("mid_layer_mean", state(mid, Pooling.MEAN), STATES);
        unit("mid_layer_mean_unit", state(mid, Pooling.MEAN));
        unit("mid_layer_last_unit", state(mid, Pooling.LAST));
        unit("embedding_last", state(network.layers(), Pooling.LAST));
        unit("embedding_mean", state(network.layers(), Pooling.MEAN));
    }

    /** In bfloat16, against the reference in bfloat16. */
    void runBFloat16() throws Exception {
        for (Map.Entry<String, float[]> computed : network.trace(sequence).byName().entrySet()) {
            float[] expected = expected("bf16.", computed.getKey());
            if (expected.length > 0) {
                String name = name("bf16." + computed.getKey());
                assertCosine(name, expected, computed.getValue(), COSINE_BFLOAT16);
            }
        }
        JsonObject json = c.json();
        float[] pYes = pYes(json.get("yes_token").getAsInt(), json.get("no_token").getAsInt());
        assertNear(name("bf16.p_yes"), tensors.floats(prefix + "bf16.p_yes"), pYes, 0.02);
        int mid = json.get("mid_layer").getAsInt();
        cosine("mid_layer_mean", state(mid, Pooling.MEAN));
        cosine("mid_layer_last_unit", state(mid, Pooling.LAST));
        cosine("embedding_last", state(network.layers(), Pooling.LAST));
        cosine("embedding_mean", state(network.layers(), Pooling.MEAN));
    }

    /** The reference under the name of a trace's tensor; empty if the case does not hold it. */
    private float[] expected(String kind, String name) {
        int dot = name.lastIndexOf('.');
        String stacked = name.substring(0, Math.max(dot, 0));
        String full = name.startsWith("vision.") ? kind + name : prefix + kind + name;
        if (tensors.has(full)) {
            return tensors.floats(full);
        }
        if (name.startsWith("hidden_states.") && tensors.has(prefix + kind + stacked)) {
            float[] all = tensors.floats(prefix + kind + stacked);
            int size = sequence.length() * network.hiddenSize();
            int at = Integer.parseInt(name.substring(dot + 1)) * size;
            return Arrays.copyOfRange(all, at, at + size);
        }
        return new float[0];
    }

    private float[] pYes(int yes, int no) throws Exception {
        long[] rows = {yes, no};
        ReadoutPlan plan = new ReadoutPlan(network.layers(), Pooling.LAST, rows);
        float[] logits = network.read(List.of(sequence), plan).get(0).logits();
        return new float[] {Vectors.pYes(logits[0], logits[1])};
    }

    private float[] state(int layer, Pooling pooling) throws Exception {
        ReadoutPlan plan = ReadoutPlan.state(layer, pooling);
        return network.read(List.of(sequence), plan).get(0).state();
    }

    private void near(String name, float[] actual, double bound) {
        assertNear(name(name), tensors.floats(prefix + name), actual, bound);
    }

    private void unit(String name, float[] state) {
        near(name, Vectors.unit(state), EMBEDDINGS);
        assertCosine(name(name), tensors.floats(prefix + name), state, 0.99999);
    }

    private void cosine(String name, float[] state) {
        float[] expected = tensors.floats(prefix + "bf16." + name);
        assertCosine(name("bf16." + name), expected, state, COSINE_BFLOAT16);
    }

    private String name(String tensor) {
        return c + " " + prefix + tensor;
    }
}
