package org.vidvec.backbone;

import static org.hamcrest.Matchers.containsString;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;
import org.vidvec.engine.TensorScope;
import org.vidvec.family.Qwen2VlTestCase;
import org.vidvec.prompt.PreparedSequence;

/** Reading behind memories is reading the whole. */
public class KeyValuesTests extends Qwen2VlTestCase {

    private static final String A = "qwen2_vl_a";
    private static final long[] ANSWERS = {521, 522, 7};

    static void assertSame(String what, Readout expected, Readout actual) {
        assertRelative(what, expected.state(), actual.state());
        assertRelative(what, expected.logits(), actual.logits());
    }

    /**
     * Within 1e-5 of the largest value, or of 1: small logits are sums of large terms, which
     * kernels add up in an order that goes by the size and by the CPU.
     */
    private static void assertRelative(String what, float[] expected, float[] actual) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        Vectors.assertNear(what, expected, actual, 1e-5 * Math.max(1, largest));
    }

    static PreparedSequence withLastTokens(PreparedSequence sequence, long... tokens) {
        long[] ids = sequence.ids().clone();
        System.arraycopy(tokens, 0, ids, ids.length - tokens.length, tokens.length);
        return new PreparedSequence(ids, sequence.positions(), sequence.vision());
    }

    private static KeyValues remember(VisionLanguageNetwork network, PreparedSequence prefix)
            throws Exception {
        KeyValues memory = network.room(prefix.length());
        network.extend(
                List.of(prefix),
                List.of(memory),
                ReadoutPlan.state(network.layers(), Pooling.LAST));
        return memory;
    }

    public void testManyQueriesOfOneVideoAndOneQueryOfManyVideos() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            ReadoutPlan plan = new ReadoutPlan(network.layers(), Pooling.LAST, ANSWERS);
            PreparedSequence video = sequence(A, "video_many_frames");
            List<PreparedSequence> prompts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                prompts.add(withLastTokens(video, 30 + i, 50 + 2 * i));
            }
            int head = video.picturesEnd();
            try (KeyValues memory = remember(network, video.head(head))) {
                assertEquals(head, memory.tokens());
                assertEquals(head * network.tokenBytes(), memory.bytes());
                List<PreparedSequence> tails = prompts.stream().map(p -> p.tail(head)).toList();
                List<Readout> together =
                        network.read(tails, List.of(memory, memory, memory, memory), plan);
                for (int i = 0; i < 4; i++) {
                    Readout whole = network.read(List.of(prompts.get(i)), plan).get(0);
                    assertSame("query " + i, whole, together.get(i));
                }
                assertEquals("read only", head, memory.tokens());
            }
            List<PreparedSequence> videos = new ArrayList<>();
            for (String name : List.of("video", "image", "video_odd", "video_rerank")) {
                videos.add(sequence(A, name));
            }
            List<KeyValues> memories = new ArrayList<>();
            try {
                for (PreparedSequence each : videos) {
                    memories.add(remember(network, each.head(each.picturesEnd())));
                }
                List<PreparedSequence> tails =
                        videos.stream().map(v -> v.tail(v.picturesEnd())).toList();
                List<Readout> together = network.read(tails, memories, plan);
                for (int i = 0; i < videos.size(); i++) {
                    Readout whole = network.read(List.of(videos.get(i)), plan).get(0);
                    assertSame("video " + i, whole, together.get(i));
                }
            } finally {
                memories.forEach(KeyValues::close);
            }
        }
    }

    public void testPieceByPieceEqualsTheWhole() throws Exception {
        long before = TensorScope.liveTensors();
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PreparedSequence video = sequence(A, "video");
            ReadoutPlan plan = ReadoutPlan.nextToken(network.layers());
            Readout whole = network.read(List.of(video), plan).get(0);
            assertEquals(1152, whole.logits().length);
            int head = between(video.picturesEnd(), video.length() - 2);
            int middle = between(head + 1, video.length() - 1);
            try (KeyValues first = remember(network, video.head(head));
                    KeyValues copy = network.copy(first, video.length() - head)) {
                assertEquals(first.nextPosition(), copy.nextPosition());
                assertEquals(video.length(), copy.room());
                PreparedSequence rest = video.tail(head);
                network.extend(List.of(rest.head(middle - head)), List.of(copy), plan);
                Readout last =
                        network.extend(List.of(video.tail(middle)), List.of(copy), plan).get(0);
                assertSame("in three pieces", whole, last);
                assertEquals(head, first.tokens());
                assertEquals(video.nextPosition(), copy.nextPosition());
            }
        }
        assertEquals("closing frees", before, TensorScope.liveTensors());
    }

    public void testWhatDoesNotFit() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PreparedSequence text = sequence(A, "text_short");
            ReadoutPlan plan = ReadoutPlan.nextToken(network.layers());
            try (KeyValues small = network.room(text.length() - 1);
                    KeyValues large = network.room(2 * text.length())) {
                refused(
                        network,
                        List.of(text),
                        List.of(small),
                        plan,
                        "tokens do not fit behind [0] in a memory for [" + small.room() + "]");
                refused(
                        network,
                        List.of(text, text),
                        List.of(large, large),
                        plan,
                        "each sequence needs a memory of its own");
                refused(
                        network,
                        List.of(text, text),
                        List.of(large),
                        plan,
                        "[2] sequences need as many memories or none, not [1]");
                refused(
                        network,
                        List.of(text),
                        List.of(large),
                        ReadoutPlan.state(1, Pooling.LAST),
                        "the plan stops at [1]");
                assertEquals("nothing was written", 0, large.tokens());
                network.extend(List.of(text), List.of(large), plan);
                PreparedSequence mutual =
                        new PreparedSequence(text.ids(), text.positions(), List.of(), 2);
                refused(
                        network,
                        List.of(mutual),
                        List.of(large),
                        plan,
                        "tokens that see each other can't come behind a memory");
            }
        }
    }

    private static void refused(
            VisionLanguageNetwork network,
            List<PreparedSequence> batch,
            List<KeyValues> memories,
            ReadoutPlan plan,
            String message) {
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> network.extend(batch, memories, plan));
        assertThat(e.getMessage(), containsString(message));
    }

    public void testTextsOfAllLengthsTogetherEqualAlone() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            ReadoutPlan plan = new ReadoutPlan(network.layers(), Pooling.LAST, ANSWERS);
            List<PreparedSequence> texts = new ArrayList<>();
            for (int length : new int[] {1, 200, 5, 33, 2, 97}) {
                long[] ids = random().longs(length, 0, 1000).toArray();
                long[] positions = new long[length];
                Arrays.setAll(positions, i -> i);
                texts.add(
                        new PreparedSequence(
                                ids, new long[][] {positions, positions, positions}, List.of()));
            }
            List<Readout> together = network.read(texts, plan);
            for (int i = 0; i < texts.size(); i++) {
                assertSame(
                        "text " + i,
                        network.read(List.of(texts.get(i)), plan).get(0),
                        together.get(i));
            }
        }
    }
}
