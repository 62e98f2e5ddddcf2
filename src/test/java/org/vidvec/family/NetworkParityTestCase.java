package org.vidvec.family;

import static org.vidvec.backbone.Vectors.assertCosine;
import static org.vidvec.backbone.Vectors.assertNear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.KeyValues;
import org.vidvec.backbone.ParityCase;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.Trace;
import org.vidvec.backbone.Vectors;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;

/**
 * A family's network against transformers: every intermediate of every case of its fixtures. Bounds
 * are those of the fixtures' README, about ten times what two attention kernels of transformers
 * differ by. What a trimmed fixture leaves out is not compared.
 */
abstract class NetworkParityTestCase extends ESTestCase {

    static final double STATES = 2e-4;
    static final double LOGITS = 3e-4;
    static final double EMBEDDINGS = 1e-5;

    /** The family's fixtures. */
    abstract List<String> fixtures();

    /** The fixture's network with its head. */
    abstract VisionLanguageNetwork load(Path checkpoint, DType dtype) throws Exception;

    /** A case's inputs; {@code positionIds} is the tensor with the positions. */
    abstract PreparedSequence sequence(
            String fixture, ParityCase c, String prefix, String positionIds) throws Exception;

    /** Whether the trimmed fixtures hold references in bfloat16. */
    boolean hasBFloat16() {
        return true;
    }

    /** Compares what only this family has. */
    void checkMore(String at, ParityCase c, PreparedSequence sequence, Trace trace)
            throws Exception {}

    static TorchEngine engine() throws Exception {
        return TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
    }

    Path fixture(String name) {
        return getDataPath("/parity/" + name);
    }

    VisionLanguageNetwork load(String fixture, DType dtype) throws Exception {
        return load(fixture(fixture).resolve("checkpoint"), dtype);
    }

    ParityCase open(String fixture, String name) throws Exception {
        return ParityCase.open(fixture(fixture), name);
    }

    /** The cases of one sequence each. */
    List<String> alone(String fixture) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(fixture(fixture).resolve("cases"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json") && name.equals("text_batch.json") == false) {
                    names.add(name.substring(0, name.length() - ".json".length()));
                }
            }
        }
        return names;
    }

    public void testFloat32() throws Exception {
        for (String fixture : fixtures()) {
            try (VisionLanguageNetwork network = load(fixture, DType.FLOAT32)) {
                for (String name : alone(fixture)) {
                    check(fixture, name, "", network);
                }
                check(fixture, "text_batch", "row0.", network);
                check(fixture, "text_batch", "row1.", network);
            }
        }
    }

    private void check(String fixture, String name, String prefix, VisionLanguageNetwork network)
            throws Exception {
        ParityCase c = open(fixture, name);
        if (c.has(prefix + "hidden_states") == false) {
            return;
        }
        PreparedSequence sequence = sequence(fixture, c, prefix, prefix + "position_ids");
        check(fixture + " " + name + " " + prefix, c, prefix, sequence, network);
    }

    private void check(
            String at,
            ParityCase c,
            String prefix,
            PreparedSequence sequence,
            VisionLanguageNetwork network)
            throws Exception {
        Trace trace = network.trace(sequence);
        if (sequence.vision().isEmpty() == false) {
            checkVision(at, c, trace);
            checkMore(at, c, sequence, trace);
        }
        int hidden = network.hiddenSize();
        List<float[]> states = c.rows(prefix + "hidden_states", sequence.length() * hidden);
        assertEquals(at, network.layers() + 1, trace.hiddenStates().size());
        for (int i = 0; i < states.size(); i++) {
            String what = at + "hidden_states " + i;
            assertNear(what, states.get(i), trace.hiddenStates().get(i), STATES);
        }
        if (c.has(prefix + "last_layer_raw")) {
            float[] raw = c.floats(prefix + "last_layer_raw");
            assertNear(at + "last_layer_raw", raw, trace.lastLayerRaw(), STATES);
        }
        float[] logits = c.floats(prefix + "logits_last");
        assertNear(at + "logits_last", logits, trace.logitsLast(), LOGITS);
        int yes = c.integer("yes_token");
        int no = c.integer("no_token");
        assertNear(
                at + "yes_no_logprob",
                c.floats(prefix + "yes_no_logprob"),
                Vectors.logSoftmax(trace.logitsLast(), yes, no),
                LOGITS);
        checkReadouts(at, c, prefix, sequence, network);
    }

    private static void checkVision(String at, ParityCase c, Trace trace) throws Exception {
        if (c.has("vision.patch_embed")) {
            float[] patches = c.floats("vision.patch_embed");
            assertNear(at + "vision.patch_embed", patches, trace.patchEmbedding(), STATES);
        }
        for (int i = 0; i < trace.visionLayers().size(); i++) {
            String name = "vision.block." + i;
            if (c.has(name)) {
                assertNear(at + name, c.floats(name), trace.visionLayers().get(i), STATES);
            }
        }
        assertFalse(c.has("vision.block." + trace.visionLayers().size()));
        for (Map.Entry<String, float[]> more : trace.more().entrySet()) {
            if (c.has(more.getKey())) {
                float[] expected = c.floats(more.getKey());
                assertNear(at + more.getKey(), expected, more.getValue(), STATES);
            }
        }
        // a family whose reference has another order gives that as well
        float[] output = trace.more().getOrDefault("vision.output", trace.visionOutput());
        assertNear(at + "vision.output", c.floats("vision.output"), output, STATES);
    }

    private static void checkReadouts(
            String at,
            ParityCase c,
            String prefix,
            PreparedSequence sequence,
            VisionLanguageNetwork network)
            throws Exception {
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

    static void checkUnit(String at, ParityCase c, String name, float[] state) throws Exception {
        float[] expected = c.floats(name);
        assertNear(at + name, expected, Vectors.unit(state), EMBEDDINGS);
        assertCosine(at + name, expected, state, 0.99999);
    }

    private static Readout read(VisionLanguageNetwork network, PreparedSequence s, ReadoutPlan plan)
            throws Exception {
        return network.read(List.of(s), plan).get(0);
    }

    /**
     * Where the positions of the code that a family was released with differ, they are followed.
     */
    public void testClassicPositions() throws Exception {
        for (String fixture : fixtures()) {
            try (VisionLanguageNetwork network = load(fixture, DType.FLOAT32)) {
                for (String name : alone(fixture)) {
                    ParityCase c = open(fixture, name);
                    if (c.has("classic.logits_last")) {
                        String at = fixture + " " + name + " classic.";
                        PreparedSequence sequence =
                                sequence(fixture, c, "", "classic.position_ids");
                        float[] logits = network.trace(sequence).logitsLast();
                        assertNear(
                                at + "logits_last",
                                c.floats("classic.logits_last"),
                                logits,
                                LOGITS);
                        ReadoutPlan last = ReadoutPlan.state(network.layers(), Pooling.LAST);
                        float[] state = read(network, sequence, last).state();
                        checkUnit(at, c, "classic.embedding_last", state);
                    }
                }
            }
        }
    }

    public void testBFloat16() throws Exception {
        for (String fixture : fixtures()) {
            int checked = 0;
            try (VisionLanguageNetwork network = load(fixture, DType.BFLOAT16)) {
                for (String name : alone(fixture)) {
                    ParityCase c = open(fixture, name);
                    if (c.has("bf16.embedding_last")) {
                        PreparedSequence sequence = sequence(fixture, c, "", "position_ids");
                        checkBFloat16(fixture + " " + name + " ", c, sequence, network);
                        checked++;
                    }
                }
            }
            assertEquals(fixture, hasBFloat16(), checked > 0);
        }
    }

    private static void checkBFloat16(
            String at, ParityCase c, PreparedSequence sequence, VisionLanguageNetwork network)
            throws Exception {
        Trace trace = network.trace(sequence);
        if (c.has("bf16.vision.output")) {
            float[] output = c.floats("bf16.vision.output");
            float[] own = trace.more().getOrDefault("vision.output", trace.visionOutput());
            assertCosine(at + "bf16.vision.output", output, own, 0.999);
        }
        int size = sequence.length() * network.hiddenSize();
        List<float[]> states =
                c.has("bf16.hidden_states") ? c.rows("bf16.hidden_states", size) : List.of();
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
                at,
                c.floats("bf16.mid_layer_last_unit"),
                read(network, sequence, ReadoutPlan.state(mid, Pooling.LAST)).state(),
                0.999);
    }

    /** Texts padded on the right, together, against what transformers gives for the same batch. */
    public void testRightPaddedBatch() throws Exception {
        for (String fixture : fixtures()) {
            ParityCase c = open(fixture, "text_batch");
            List<PreparedSequence> rows = new ArrayList<>();
            for (String row : List.of("row0.", "row1.")) {
                rows.add(sequence(fixture, c, row, row + "position_ids"));
            }
            try (VisionLanguageNetwork network = load(fixture, DType.FLOAT32)) {
                ReadoutPlan last = ReadoutPlan.state(network.layers(), Pooling.LAST);
                List<Readout> together = network.read(rows, last);
                for (int row = 0; row < 2; row++) {
                    String name = "right.row" + row + ".embedding_last";
                    checkUnit(fixture, c, name, together.get(row).state());
                }
            }
        }
    }

    /** Eight tokens one by one behind the decoder's memory, all cases of a fixture side by side. */
    public void testGreedyTokens() throws Exception {
        for (String fixture : fixtures()) {
            List<ParityCase> cases = new ArrayList<>();
            List<PreparedSequence> next = new ArrayList<>();
            for (String name : alone(fixture)) {
                ParityCase c = open(fixture, name);
                boolean pixels = c.has("input.pixel_values") || c.has("input.pixel_values_videos");
                if (c.has("greedy_ids") && (pixels || name.startsWith("text"))) {
                    cases.add(c);
                    next.add(sequence(fixture, c, "", "position_ids"));
                }
            }
            assertFalse(fixture, cases.isEmpty());
            checkGreedy(fixture, cases, next);
        }
    }

    private void checkGreedy(String fixture, List<ParityCase> cases, List<PreparedSequence> prompts)
            throws Exception {
        long before = TensorScope.liveTensors();
        List<PreparedSequence> next = new ArrayList<>(prompts);
        List<KeyValues> memories = new ArrayList<>();
        try (VisionLanguageNetwork network = load(fixture, DType.FLOAT32)) {
            for (PreparedSequence prompt : prompts) {
                memories.add(network.room(prompt.length() + 7));
            }
            for (int step = 0; step < 8; step++) {
                List<Readout> readouts =
                        network.extend(next, memories, ReadoutPlan.nextToken(network.layers()));
                for (int i = 0; i < cases.size(); i++) {
                    String what = fixture + " case " + i + " token " + step;
                    float[] logits = readouts.get(i).logits();
                    int best = (int) cases.get(i).longs("greedy_ids")[step];
                    float second = Float.NEGATIVE_INFINITY;
                    for (int token = 0; token < logits.length; token++) {
                        second = token == best ? second : Math.max(second, logits[token]);
                    }
                    float margin = cases.get(i).floats("greedy_margin")[step];
                    assertEquals(what, margin, logits[best] - second, LOGITS);
                    long[] position = {memories.get(i).nextPosition()};
                    next.set(
                            i,
                            new PreparedSequence(
                                    new long[] {best},
                                    new long[][] {position, position, position},
                                    List.of()));
                }
            }
        } finally {
            memories.forEach(KeyValues::close);
        }
        assertEquals(before, TensorScope.liveTensors());
    }
}
