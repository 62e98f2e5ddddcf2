package org.vidvec.family;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.vidvec.backbone.Vectors.assertNear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.Vectors;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.VisionInput;

/** What a network promises beyond its numbers: batches, early exit, refusals, memory. */
public class Qwen2VlNetworkTests extends Qwen2VlTestCase {

    private static final String A = "qwen2_vl_a";
    private static final long[] NO_ROWS = {};

    private List<PreparedSequence> mixed(VisionLanguageNetwork network) throws Exception {
        List<PreparedSequence> batch = new ArrayList<>();
        for (String name :
                List.of("text_short", "video", "image", "video_many_frames", "video_odd")) {
            batch.add(sequence(A, name));
        }
        batch.add(open(A, "text_batch").sequence("row1.", config(A)));
        Collections.shuffle(batch, random());
        return batch;
    }

    public void testBatchEqualsAlone() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            for (Pooling pooling : Pooling.values()) {
                int layer = between(0, network.layers());
                ReadoutPlan plan = new ReadoutPlan(layer, pooling, new long[] {521, 522, 7});
                List<PreparedSequence> batch = mixed(network);
                List<Readout> together = network.read(batch, plan);
                assertEquals(batch.size(), together.size());
                for (int i = 0; i < batch.size(); i++) {
                    Readout alone = network.read(List.of(batch.get(i)), plan).get(0);
                    String what = "sequence " + i + ", " + plan.layer() + ", " + pooling;
                    assertNear(what, alone.state(), together.get(i).state(), 1e-5);
                    assertNear(what, alone.logits(), together.get(i).logits(), 1e-5);
                }
            }
        }
    }

    public void testTwoInputsInOneSequence() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PreparedSequence image = sequence(A, "image");
            PreparedSequence video = sequence(A, "video");
            PreparedSequence both = join(image, video);
            // the first part can't see the second: its tokens are as if it were alone
            List<float[]> alone = network.trace(image).hiddenStates();
            List<float[]> joined = network.trace(both).hiddenStates();
            for (int i = 0; i < alone.size(); i++) {
                float[] begin = Arrays.copyOf(joined.get(i), alone.get(i).length);
                assertNear("layer " + i, alone.get(i), begin, 1e-5);
            }
        }
    }

    private static PreparedSequence join(PreparedSequence a, PreparedSequence b) {
        long[][] positions = new long[3][];
        for (int axis = 0; axis < 3; axis++) {
            positions[axis] = concat(a.positions()[axis], b.positions()[axis]);
        }
        List<VisionInput> vision = new ArrayList<>(a.vision());
        vision.addAll(b.vision());
        return new PreparedSequence(concat(a.ids(), b.ids()), positions, vision);
    }

    private static long[] concat(long[] a, long[] b) {
        return LongStream.concat(Arrays.stream(a), java.util.Arrays.stream(b)).toArray();
    }

    public void testEarlyExitEqualsFull() throws Exception {
        try (VisionLanguageNetwork full = load(A, DType.FLOAT32)) {
            PreparedSequence sequence = sequence(A, "video");
            for (int layer = 1; layer < full.layers(); layer++) {
                NetworkOptions some = new NetworkOptions(Device.CPU, DType.FLOAT32, layer, false);
                try (VisionLanguageNetwork part = load(A, some)) {
                    assertEquals(layer, part.layers());
                    assertThat(part.memoryBytes(), lessThan(full.memoryBytes()));
                    float[] expected = state(full, sequence, layer);
                    assertNear("layer " + layer, expected, state(part, sequence, layer), 1e-5);
                }
            }
            NetworkOptions headless = new NetworkOptions(Device.CPU, DType.FLOAT32, 0, false);
            try (VisionLanguageNetwork part = load(A, headless)) {
                int last = full.layers();
                float[] expected = state(full, sequence, last);
                assertNear("last", expected, state(part, sequence, last), 1e-5);
                assertEquals(full.memoryBytes() - 1152 * 64 * 4, part.memoryBytes());
            }
        }
    }

    public void testLayersAndHeadThatAreNotLoaded() throws Exception {
        NetworkOptions two = new NetworkOptions(Device.CPU, null, 2, false);
        try (VisionLanguageNetwork network = load(A, two)) {
            PreparedSequence text = sequence(A, "text_short");
            IllegalArgumentException layer =
                    expectThrows(IllegalArgumentException.class, () -> state(network, text, 3));
            assertEquals("no layer [3]; the layers [0..2] are loaded", layer.getMessage());
            IllegalArgumentException head =
                    expectThrows(
                            IllegalArgumentException.class,
                            () ->
                                    network.read(
                                            List.of(text),
                                            new ReadoutPlan(2, Pooling.LAST, new long[] {1})));
            assertThat(head.getMessage(), containsString("loaded without its head"));
            expectThrows(IllegalArgumentException.class, () -> network.trace(text));
        }
        IllegalArgumentException partial =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new NetworkOptions(Device.CPU, null, 2, true));
        assertThat(partial.getMessage(), containsString("with the first [2] layers only"));
        IllegalArgumentException many =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> load(A, new NetworkOptions(Device.CPU, null, 9, false)));
        assertThat(many.getMessage(), containsString("[layers] is [9], but the model in ["));
    }

    public void testSequencesThatDoNotFit() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PreparedSequence image = sequence(A, "image");
            ReadoutPlan plan = ReadoutPlan.state(1, Pooling.LAST);
            VisionInput input = image.vision().get(0);
            long placeholder = input.placeholder();

            long[] wrong = image.ids().clone();
            wrong[0] = 1152;
            refused(
                    network,
                    new PreparedSequence(wrong, image.positions(), List.of()),
                    plan,
                    "token [1152] is not in the vocabulary of [1152]");
            long[] fewer = image.ids().clone();
            for (int i = 0, left = 3; i < fewer.length && left > 0; i++) {
                if (fewer[i] == placeholder) {
                    fewer[i] = 1;
                    left--;
                }
            }
            refused(
                    network,
                    new PreparedSequence(fewer, image.positions(), image.vision()),
                    plan,
                    "needs [3] more placeholders [1112] than the sequence has");
            long[] more = image.ids().clone();
            more[more.length - 1] = placeholder;
            refused(
                    network,
                    new PreparedSequence(more, image.positions(), image.vision()),
                    plan,
                    "the placeholder [1112] at token [40] is filled by no vision input");
            VisionInput odd =
                    new VisionInput(input.patches(), new PatchGrid(1, 4, 15), 2, placeholder);
            refused(
                    network,
                    new PreparedSequence(image.ids(), image.positions(), List.of(odd)),
                    plan,
                    "a vision input of grid [1, 4, 15] with [70560] numbers does not fit");
            refused(
                    network,
                    image,
                    new ReadoutPlan(1, Pooling.LAST, new long[] {1152}),
                    "no head row [1152]; the vocabulary has [1152] tokens");
            IllegalArgumentException none =
                    expectThrows(
                            IllegalArgumentException.class, () -> network.read(List.of(), plan));
            assertEquals("a batch needs at least one sequence", none.getMessage());
        }
    }

    private static void refused(
            VisionLanguageNetwork network,
            PreparedSequence sequence,
            ReadoutPlan plan,
            String message) {
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> network.read(List.of(sequence), plan));
        assertThat(e.getMessage(), containsString(message));
    }

    public void testSequencesCheckThemselves() {
        long[][] three = {{1}, {1}, {1}};
        expectThrows(
                IllegalArgumentException.class,
                () -> new PreparedSequence(new long[0], three, List.of()));
        IllegalArgumentException axes =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new PreparedSequence(new long[1], new long[1][1], List.of()));
        assertEquals("positions have three axes, not [1]", axes.getMessage());
        IllegalArgumentException length =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new PreparedSequence(new long[2], three, List.of()));
        assertEquals("[2] tokens need as many positions, not [1]", length.getMessage());
        for (int size : new int[] {-1, 2}) {
            IllegalArgumentException prefix =
                    expectThrows(
                            IllegalArgumentException.class,
                            () -> new PreparedSequence(new long[1], three, List.of(), size));
            assertEquals(
                    "a prefix has from [0] to all [1] tokens of its sequence, not [" + size + "]",
                    prefix.getMessage());
        }
    }

    public void testThousandCallsLeaveNothing() throws Exception {
        long before = TensorScope.liveTensors();
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PreparedSequence text = sequence(A, "text_short");
            ReadoutPlan plan = new ReadoutPlan(1, Pooling.MEAN, NO_ROWS);
            for (int i = 0; i < 1000; i++) {
                assertEquals(64, network.read(List.of(text), plan).get(0).state().length);
                assertEquals(before, TensorScope.liveTensors());
            }
        }
    }

    public void testThreadsShareANetwork() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            List<PreparedSequence> batch = mixed(network);
            ReadoutPlan plan = ReadoutPlan.state(network.layers(), Pooling.LAST);
            List<float[]> expected = new ArrayList<>();
            for (PreparedSequence sequence : batch) {
                expected.add(network.read(List.of(sequence), plan).get(0).state());
            }
            runInParallel(
                    4,
                    t -> {
                        for (int i = 0; i < 12; i++) {
                            int at = (t + i) % batch.size();
                            try {
                                Readout r = network.read(List.of(batch.get(at)), plan).get(0);
                                assertNear("sequence " + at, expected.get(at), r.state(), 1e-5);
                            } catch (EngineException e) {
                                throw new AssertionError(e);
                            }
                        }
                    });
        }
    }

    public void testClosedNetwork() throws Exception {
        VisionLanguageNetwork network = load(A, DType.FLOAT32);
        PreparedSequence text = sequence(A, "text_short");
        network.close();
        EngineException e = expectThrows(EngineException.class, () -> state(network, text, 1));
        assertThat(e.getMessage(), containsString("the module [VisionLanguage] is closed"));
    }

    public void testTypes() throws Exception {
        try (VisionLanguageNetwork stored = load("qwen2_vl_b", (DType) null);
                VisionLanguageNetwork wide = load("qwen2_vl_b", DType.FLOAT32);
                VisionLanguageNetwork half = load("qwen2_vl_b", DType.FLOAT16)) {
            assertEquals(DType.BFLOAT16, stored.dtype());
            assertEquals(DType.FLOAT16, half.dtype());
            assertEquals(2 * stored.memoryBytes(), wide.memoryBytes());
            PreparedSequence video = sequence("qwen2_vl_b", "video");
            float[] expected = state(wide, video, wide.layers());
            float[] fp16 = state(half, video, wide.layers());
            Vectors.assertCosine("float16", expected, fp16, 0.999);
        }
    }
}
