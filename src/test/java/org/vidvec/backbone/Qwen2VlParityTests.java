package org.vidvec.backbone;

import static org.vidvec.backbone.Vectors.assertCosine;
import static org.vidvec.backbone.Vectors.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;

/**
 * Against transformers: every intermediate of every case of both fixtures. Bounds are those of the
 * fixtures' README, about ten times what two attention kernels of transformers differ by.
 */
public class Qwen2VlParityTests extends Qwen2VlTestCase {

    private static final double STATES = 2e-4;
    private static final double LOGITS = 3e-4;
    private static final double EMBEDDINGS = 1e-5;
    // the cases of one sequence each
    private static final Map<String, List<String>> ALONE =
            Map.of(
                    "qwen2_vl_a",
                    List.of(
                            "image",
                            "text_short",
                            "video",
                            "video_many_frames",
                            "video_odd",
                            "video_rerank"),
                    "qwen2_vl_b",
                    List.of("text_short", "video"));

    public void testFixtureAInFloat32() throws Exception {
        check("qwen2_vl_a");
    }

    public void testFixtureBWidenedToFloat32() throws Exception {
        check("qwen2_vl_b");
    }

    private void check(String fixture) throws Exception {
        try (Qwen2VlNetwork network = load(fixture, DType.FLOAT32)) {
            for (String name : ALONE.get(fixture)) {
                ParityCase c = open(fixture, name);
                check(fixture + " " + name + " ", c, "", network);
            }
            ParityCase texts = open(fixture, "text_batch");
            check(fixture + " text_batch row0 ", texts, "row0.", network);
            check(fixture + " text_batch row1 ", texts, "row1.", network);
        }
    }

    private void check(String at, ParityCase c, String prefix, Qwen2VlNetwork network)
            throws Exception {
        PreparedSequence sequence = c.sequence(prefix, network.config());
        Trace trace = network.trace(sequence);
        if (sequence.vision().isEmpty() == false) {
            checkVision(at, c, trace);
        }
        int hidden = network.hiddenSize();
        List<float[]> states = c.rows(prefix + "hidden_states", sequence.length() * hidden);
        assertEquals(at, network.layers() + 1, trace.hiddenStates().size());
        for (int i = 0; i < states.size(); i++) {
            String what = at + "hidden_states " + i;
            assertNear(what, states.get(i), trace.hiddenStates().get(i), STATES);
        }
        float[] raw = c.floats(prefix + "last_layer_raw");
        assertNear(at + "last_layer_raw", raw, trace.lastLayerRaw(), STATES);
        float[] logits = c.floats(prefix + "logits_last");
        assertNear(at + "logits_last", logits, trace.logitsLast(), LOGITS);
        int yes = c.integer("yes_token");
        int no = c.integer("no_token");
        assertNear(
                at + "yes_no_logprob",
                c.floats(prefix + "yes_no_logprob"),
                Vectors.logSoftmax(trace.logitsLast(), yes, no),
                LOGITS);
        checkReadouts(at, c, prefix, network);
    }

    private static void checkVision(String at, ParityCase c, Trace trace) throws Exception {
        float[] patches = c.floats("vision.patch_embed");
        assertNear(at + "vision.patch_embed", patches, trace.patchEmbedding(), STATES);
        for (int i = 0; i < trace.visionLayers().size(); i++) {
            float[] layer = c.floats("vision.block." + i);
            assertNear(at + "vision.block." + i, layer, trace.visionLayers().get(i), STATES);
        }
        assertFalse(c.has("vision.block." + trace.visionLayers().size()));
        assertNear(at + "vision.output", c.floats("vision.output"), trace.visionOutput(), STATES);
    }

    private static void checkReadouts(
            String at, ParityCase c, String prefix, Qwen2VlNetwork network) throws Exception {
        PreparedSequence sequence = c.sequence(prefix, network.config());
        int yes = c.integer("yes_token");
        int no = c.integer("no_token");
        int mid = c.integer("mid_layer");
        int last = network.layers();
        Readout head =
                read(network, sequence, new ReadoutPlan(last, Pooling.LAST, new long[] {yes, no}));
        assertNear(
                at + "p_yes",
                c.floats(prefix + "p_yes"),
                new float[] {Vectors.pYes(head.logits()[0], head.logits()[1])},
                EMBEDDINGS);
        checkUnit(at, c, prefix + "embedding_last", head.state());
        checkUnit(
                at,
                c,
                prefix + "embedding_mean",
                read(network, sequence, ReadoutPlan.state(last, Pooling.MEAN)).state());
        float[] midMean = read(network, sequence, ReadoutPlan.state(mid, Pooling.MEAN)).state();
        String name = prefix + "mid_layer_mean";
        assertNear(at + name, c.floats(name), midMean, STATES);
        checkUnit(at, c, prefix + "mid_layer_mean_unit", midMean);
        // one pass may read a middle layer and the head
        Readout both = read(network, sequence, new ReadoutPlan(mid, Pooling.LAST, new long[] {no}));
        checkUnit(at, c, prefix + "mid_layer_last_unit", both.state());
        assertEquals(head.logits()[1], both.logits()[0], LOGITS);
    }

    private static void checkUnit(String at, ParityCase c, String name, float[] state)
            throws Exception {
        float[] expected = c.floats(name);
        assertNear(at + name, expected, Vectors.unit(state), EMBEDDINGS);
        assertCosine(at + name, expected, state, 0.99999);
    }

    private static Readout read(Qwen2VlNetwork network, PreparedSequence s, ReadoutPlan plan)
            throws Exception {
        return network.read(List.of(s), plan).get(0);
    }

    /** The position rule of the released code is the caller's choice; the network follows. */
    public void testClassicPositions() throws Exception {
        try (Qwen2VlNetwork network = load("qwen2_vl_a", DType.FLOAT32)) {
            ParityCase c = open("qwen2_vl_a", "video_many_frames");
            PreparedSequence sequence = c.sequence("", "classic.position_ids", network.config());
            float[] logits = network.trace(sequence).logitsLast();
            assertNear("classic.logits_last", c.floats("classic.logits_last"), logits, LOGITS);
            float[] last = state(network, sequence, network.layers());
            checkUnit("", c, "classic.embedding_last", last);
        }
    }

    public void testBFloat16() throws Exception {
        for (String fixture : FIXTURES) {
            int checked = 0;
            try (Qwen2VlNetwork network = load(fixture, DType.BFLOAT16)) {
                for (String name : ALONE.get(fixture)) {
                    ParityCase c = open(fixture, name);
                    if (c.has("bf16.hidden_states")) {
                        checkBFloat16(fixture + " " + name + " ", c, network);
                        checked++;
                    }
                }
            }
            assertNotEquals(fixture, 0, checked);
        }
    }

    private static void checkBFloat16(String at, ParityCase c, Qwen2VlNetwork network)
            throws Exception {
        PreparedSequence sequence = c.sequence("", network.config());
        Trace trace = network.trace(sequence);
        if (c.has("bf16.vision.output")) {
            float[] output = c.floats("bf16.vision.output");
            assertCosine(at + "bf16.vision.output", output, trace.visionOutput(), 0.999);
        }
        int size = sequence.length() * network.hiddenSize();
        List<float[]> states = c.rows("bf16.hidden_states", size);
        for (int i = 0; i < states.size(); i++) {
            String what = at + "bf16.hidden_states " + i;
            assertCosine(what, states.get(i), trace.hiddenStates().get(i), 0.999);
        }
        float[] logits = c.floats("bf16.logits_last");
        assertCosine(at + "bf16.logits_last", logits, trace.logitsLast(), 0.999);
        int mid = c.integer("mid_layer");
        int last = network.layers();
        long[] rows = {c.integer("yes_token"), c.integer("no_token")};
        Readout head = read(network, sequence, new ReadoutPlan(last, Pooling.LAST, rows));
        float pYes = Vectors.pYes(head.logits()[0], head.logits()[1]);
        assertNear(at + "bf16.p_yes", c.floats("bf16.p_yes"), new float[] {pYes}, 0.02);
        assertCosine(at, c.floats("bf16.embedding_last"), head.state(), 0.999);
        assertCosine(
                at,
                c.floats("bf16.embedding_mean"),
                read(network, sequence, ReadoutPlan.state(last, Pooling.MEAN)).state(),
                0.999);
        assertCosine(
                at,
                c.floats("bf16.mid_layer_mean"),
                read(network, sequence, ReadoutPlan.state(mid, Pooling.MEAN)).state(),
                0.999);
        assertCosine(
                at, c.floats("bf16.mid_layer_last_unit"), state(network, sequence, mid), 0.999);
    }

    /** Texts padded on the right, together, against what transformers gives for the same batch. */
    public void testRightPaddedBatch() throws Exception {
        for (String fixture : FIXTURES) {
            try (Qwen2VlNetwork network = load(fixture, DType.FLOAT32)) {
                ParityCase c = open(fixture, "text_batch");
                List<PreparedSequence> rows =
                        Arrays.asList(
                                c.sequence("row0.", network.config()),
                                c.sequence("row1.", network.config()));
                List<Readout> together =
                        network.read(rows, ReadoutPlan.state(network.layers(), Pooling.LAST));
                for (int row = 0; row < 2; row++) {
                    checkUnit(
                            fixture,
                            c,
                            "right.row" + row + ".embedding_last",
                            together.get(row).state());
                }
            }
        }
    }
}
