package org.vidvec.family;

import static org.vidvec.backbone.Vectors.assertCosine;
import static org.vidvec.backbone.Vectors.assertNear;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.Trace;
import org.vidvec.backbone.Vectors;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.Tokenizer;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptStyle;

/**
 * Against transformers: every intermediate that the trimmed fixtures hold, from messages and raw
 * frames on. Bounds are those of the fixtures' README.
 */
public class VideoLlama3ParityTests extends ESTestCase {

    private static final double STATES = 2e-4;
    private static final double LOGITS = 3e-4;
    private static final double EMBEDDINGS = 1e-5;

    public void testNativeLayoutInFloat32() throws Exception {
        check("video_llama_3_b", List.of("text_short", "video"));
    }

    public void testReleasedLayoutInFloat32() throws Exception {
        check(
                "videollama3_qwen2_a",
                List.of(
                        "image",
                        "text_short",
                        "text_system",
                        "video",
                        "video_rerank",
                        "video_times"));
    }

    public void testReleasedLayoutInBFloat16() throws Exception {
        checkBFloat16("videollama3_qwen2_a", List.of("video"));
    }

    public void testNativeLayoutInBFloat16() throws Exception {
        checkBFloat16("video_llama_3_b", List.of("text_short", "video"));
    }

    private void check(String fixture, List<String> names) throws Exception {
        try (VisionLanguageNetwork network = VideoLlama3Fixture.network(fixture, DType.FLOAT32);
                Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(fixture)) {
            for (String name : names) {
                Parity.Case c = new Parity.Case(fixture, name);
                PreparedSequence sequence =
                        VideoLlama3Fixture.processor(c, tokenizer)
                                .prepare(VideoLlama3Fixture.parts(c), PromptStyle.CHAT);
                new Check(c, "", network, sequence).run();
            }
        }
    }

    /** Texts of two lengths, alone and padded on the right. */
    public void testTextBatch() throws Exception {
        Parity.Case c = new Parity.Case("video_llama_3_b", "text_batch");
        try (VisionLanguageNetwork network =
                VideoLlama3Fixture.network(c.fixture(), DType.FLOAT32)) {
            PreparedSequence[] rows = new PreparedSequence[2];
            for (int row = 0; row < 2; row++) {
                long[] ids = c.tensors().longs("row" + row + ".input.input_ids");
                long[] positions = c.tensors().longs("row" + row + ".position_ids");
                long[][] axes = {positions, positions, positions};
                rows[row] = new PreparedSequence(ids, axes, List.of());
                new Check(c, "row" + row + ".", network, rows[row]).run();
            }
            List<Readout> together =
                    network.read(
                            Arrays.asList(rows), ReadoutPlan.state(network.layers(), Pooling.LAST));
            for (int row = 0; row < 2; row++) {
                float[] expected = c.tensors().floats("right.row" + row + ".embedding_last");
                float[] actual = Vectors.unit(together.get(row).state());
                assertNear("right.row" + row, expected, actual, EMBEDDINGS);
            }
        }
    }

    /** One sequence against what its case holds. */
    private record Check(
            Parity.Case c,
            String prefix,
            VisionLanguageNetwork network,
            PreparedSequence sequence) {

        void run() throws Exception {
            TensorFile tensors = c.tensors();
            Trace trace = network.trace(sequence);
            if (sequence.vision().isEmpty() == false) {
                near("vision.patch_embed", trace.patchEmbedding(), STATES);
                for (int i = 0; i < trace.visionLayers().size(); i++) {
                    near("vision.block." + i, trace.visionLayers().get(i), STATES);
                }
                near("vision.tower", trace.more().get("vision.tower"), STATES);
                near("vision.output", trace.visionOutput(), STATES);
            }
            if (tensors.has(prefix + "hidden_states")) {
                assertEquals(network.layers() + 1, trace.hiddenStates().size());
                near("hidden_states", flat(trace.hiddenStates()), STATES);
            }
            near("last_layer_raw", trace.lastLayerRaw(), STATES);
            near("logits_last", trace.logitsLast(), LOGITS);
            readouts(trace);
        }

        private void readouts(Trace trace) throws Exception {
            JsonObject json = c.json();
            int yes = json.get("yes_token").getAsInt();
            int no = json.get("no_token").getAsInt();
            int mid = json.get("mid_layer").getAsInt();
            int last = network.layers();
            near("yes_no_logprob", Vectors.logSoftmax(trace.logitsLast(), yes, no), LOGITS);
            Readout head = read(new ReadoutPlan(mid, Pooling.LAST, new long[] {yes, no}));
            float pYes = Vectors.pYes(head.logits()[0], head.logits()[1]);
            near("p_yes", new float[] {pYes}, EMBEDDINGS);
            unit("mid_layer_last_unit", head.state());
            unit("embedding_last", read(ReadoutPlan.state(last, Pooling.LAST)).state());
            unit("embedding_mean", read(ReadoutPlan.state(last, Pooling.MEAN)).state());
            float[] midMean = read(ReadoutPlan.state(mid, Pooling.MEAN)).state();
            near("mid_layer_mean", midMean, STATES);
            unit("mid_layer_mean_unit", midMean);
        }

        private Readout read(ReadoutPlan plan) throws Exception {
            return network.read(List.of(sequence), plan).get(0);
        }

        private void unit(String name, float[] state) throws Exception {
            near(name, Vectors.unit(state), EMBEDDINGS);
            assertCosine(c + name, c.tensors().floats(prefix + name), state, 0.99999);
        }

        private void near(String name, float[] actual, double tolerance) throws Exception {
            String full = name.startsWith("vision.") ? name : prefix + name;
            // trimmed fixtures leave out large intermediates, never the results
            if (c.tensors().has(full) || name.startsWith("embedding")) {
                assertNear(c + " " + full, c.tensors().floats(full), actual, tolerance);
            }
        }
    }

    private static float[] flat(List<float[]> rows) {
        float[] flat = new float[rows.size() * rows.get(0).length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, flat, i * rows.get(0).length, rows.get(0).length);
        }
        return flat;
    }

    private void checkBFloat16(String fixture, List<String> names) throws Exception {
        try (VisionLanguageNetwork network = VideoLlama3Fixture.network(fixture, DType.BFLOAT16);
                Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(fixture)) {
            for (String name : names) {
                Parity.Case c = new Parity.Case(fixture, name);
                PreparedSequence sequence =
                        VideoLlama3Fixture.processor(c, tokenizer)
                                .prepare(VideoLlama3Fixture.parts(c), PromptStyle.CHAT);
                checkBFloat16(c, network, sequence);
            }
        }
    }

    private static void checkBFloat16(
            Parity.Case c, VisionLanguageNetwork network, PreparedSequence sequence)
            throws Exception {
        TensorFile tensors = c.tensors();
        Trace trace = network.trace(sequence);
        if (tensors.has("bf16.vision.output")) {
            float[] output = tensors.floats("bf16.vision.output");
            assertCosine(c + " vision.output", output, trace.visionOutput(), 0.999);
        }
        float[] logits = tensors.floats("bf16.logits_last");
        assertCosine(c + " logits_last", logits, trace.logitsLast(), 0.999);
        JsonObject json = c.json();
        long[] rows = {json.get("yes_token").getAsInt(), json.get("no_token").getAsInt()};
        int mid = json.get("mid_layer").getAsInt();
        Readout head =
                network.read(List.of(sequence), new ReadoutPlan(mid, Pooling.LAST, rows)).get(0);
        float pYes = Vectors.pYes(head.logits()[0], head.logits()[1]);
        assertEquals(c + "", tensors.floats("bf16.p_yes")[0], pYes, 0.02);
        assertCosine(c + "", tensors.floats("bf16.mid_layer_last_unit"), head.state(), 0.999);
        for (Pooling pooling : Pooling.values()) {
            String name = pooling == Pooling.LAST ? "embedding_last" : "embedding_mean";
            ReadoutPlan plan = ReadoutPlan.state(network.layers(), pooling);
            float[] state = network.read(List.of(sequence), plan).get(0).state();
            assertCosine(c + name, tensors.floats("bf16." + name), state, 0.999);
        }
    }
}
