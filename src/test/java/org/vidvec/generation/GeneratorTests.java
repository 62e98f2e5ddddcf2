package org.vidvec.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticsearch.test.ESTestCase;
import org.junit.After;
import org.junit.Before;
import org.vidvec.backbone.KeyValues;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.family.Qwen2VlConfig;
import org.vidvec.generation.Generation.Finish;
import org.vidvec.generation.GenerationOptions.Stop;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.PreparedSequence;

/** Texts of a small checkpoint: what transformers writes, where they end, and what is heard. */
public class GeneratorTests extends ESTestCase {

    private VisionLanguageNetwork network;
    private Tokenizer tokenizer;
    private Generator generator;
    private long tensors;

    @Before
    public void load() throws Exception {
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        Path folder = Parity.path("qwen2_vl_a/checkpoint");
        TorchEngine engine = TorchEngine.start(natives, new EngineOptions(1));
        network =
                Qwen2VlConfig.read(folder)
                        .load(engine, folder, NetworkOptions.everything(Device.CPU));
        tokenizer = Tokenizer.load(natives, folder.resolve("tokenizer.json"));
        generator = new Generator(network, tokenizer, Set.of());
        tensors = TensorScope.liveTensors();
    }

    @After
    public void close() {
        assertEquals("memories are freed", tensors, TensorScope.liveTensors());
        network.close();
        tokenizer.close();
    }

    private static TensorFile reference() throws Exception {
        return new Parity.Case("qwen2_vl_a", "text_short").tensors();
    }

    private static PreparedSequence prompt() throws Exception {
        return text(reference().longs("input.input_ids"));
    }

    private static PreparedSequence text(long... ids) {
        long[] positions = new long[ids.length];
        Arrays.setAll(positions, i -> i);
        long[][] axes = {positions, positions, positions};
        return new PreparedSequence(ids, axes, List.of());
    }

    private Generation one(GenerationOptions options) throws Exception {
        return generator.generate(List.of(prompt()), options, GenerationListener.NONE).get(0);
    }

    private static GenerationOptions greedy(int tokens) {
        return GenerationOptions.greedy(tokens).withStop(Stop.NEVER);
    }

    private static GenerationOptions drawn(double temperature, double topP, long seed) {
        return new GenerationOptions(24, temperature, topP, seed, Stop.NEVER, false);
    }

    public void testGreedyTokensOfTransformers() throws Exception {
        Generation written = one(greedy(8));
        assertArrayEquals(reference().longs("greedy_ids"), written.ids());
        assertArrayEquals(reference().floats("greedy_margin"), written.margins(), 3e-4f);
        assertEquals(Finish.LENGTH, written.finish());
        assertEquals(tokenizer.decode(written.ids(), true), written.text());
    }

    public void testEachOfABatchEndsOnItsOwn() throws Exception {
        long[] reference = reference().longs("greedy_ids");
        List<PreparedSequence> prompts = List.of(text(5), prompt(), text(9, 8, 7), text(40, 2));
        GenerationOptions options =
                greedy(8).withStop(new Stop(false, Set.of(reference[3]), List.of()));
        List<Generation> together = generator.generate(prompts, options, GenerationListener.NONE);
        for (int i = 0; i < prompts.size(); i++) {
            Generation alone =
                    generator
                            .generate(List.of(prompts.get(i)), options, GenerationListener.NONE)
                            .get(0);
            assertArrayEquals("prompt " + i, alone.ids(), together.get(i).ids());
        }
        int end = Arrays.stream(reference).boxed().toList().indexOf(reference[3]) + 1;
        Generation stopped = together.get(1);
        assertArrayEquals(Arrays.copyOf(reference, end), stopped.ids());
        assertEquals(Finish.STOP, stopped.finish());
        assertEquals(tokenizer.decode(Arrays.copyOf(reference, end - 1), true), stopped.text());
    }

    public void testTheCheckpointsEnd() throws Exception {
        long[] reference = reference().longs("greedy_ids");
        Generator ending = new Generator(network, tokenizer, Set.of(reference[0]));
        GenerationOptions options = GenerationOptions.greedy(8);
        Generation ended =
                ending.generate(List.of(prompt()), options, GenerationListener.NONE).get(0);
        assertArrayEquals(Arrays.copyOf(reference, 1), ended.ids());
        assertEquals("", ended.text());
        Generation off =
                ending.generate(List.of(prompt()), greedy(8), GenerationListener.NONE).get(0);
        assertArrayEquals(reference, off.ids());
    }

    public void testStopTexts() throws Exception {
        Generation whole = one(greedy(20));
        int at = whole.text().length() / 2;
        String stop = whole.text().substring(at, at + 3);
        Heard heard = new Heard(Integer.MAX_VALUE);
        GenerationOptions options =
                greedy(20).withStop(new Stop(false, Set.of(), List.of("never seen", stop)));
        Generation cut = generator.generate(List.of(prompt()), options, heard).get(0);
        assertEquals(whole.text().substring(0, whole.text().indexOf(stop)), cut.text());
        assertEquals(Finish.STOP, cut.finish());
        assertEquals(cut.text(), String.join("", heard.pieces));
        assertTrue(cut.ids().length < 20);
    }

    private static final class Heard implements GenerationListener {
        private final List<String> pieces = new ArrayList<>();
        private final int cancelAfter;
        private int asked;

        Heard(int cancelAfter) {
            this.cancelAfter = cancelAfter;
        }

        @Override
        public void onText(int sequence, String piece) {
            assertFalse(piece.isEmpty());
            pieces.add(piece);
        }

        @Override
        public boolean isCancelled(int sequence) {
            return ++asked > cancelAfter;
        }
    }

    public void testPiecesAreWholeCharactersAndTheText() throws Exception {
        // one token per byte of these: a text that a model may break anywhere
        String text = "naïve 猫 🐈‍⬛ über";
        TextStream stream = new TextStream(tokenizer, List.of());
        StringBuilder heard = new StringBuilder();
        int silent = 0;
        for (long id : tokenizer.encode(text, false)) {
            String piece = stream.add(id);
            assertFalse(piece, piece.contains("\uFFFD"));
            silent += piece.isEmpty() ? 1 : 0;
            heard.append(piece);
        }
        assertTrue("some tokens are parts of characters", silent > 0);
        heard.append(stream.finish());
        assertEquals(text, heard.toString());
        assertEquals(text, stream.text());

        Heard pieces = new Heard(Integer.MAX_VALUE);
        GenerationOptions options = drawn(2, 1, randomLong());
        Generation written = generator.generate(List.of(prompt()), options, pieces).get(0);
        assertEquals(written.text(), String.join("", pieces.pieces));
        assertEquals(tokenizer.decode(written.ids(), true), written.text());
    }

    public void testCancelledBetweenTokens() throws Exception {
        Generation written = generator.generate(List.of(prompt()), greedy(8), new Heard(3)).get(0);
        assertEquals(Finish.CANCELLED, written.finish());
        assertArrayEquals(Arrays.copyOf(reference().longs("greedy_ids"), 4), written.ids());
    }

    public void testTheSameSeedDrawsTheSame() throws Exception {
        long seed = randomLong();
        Generation first = one(drawn(1.5, 0.95, seed));
        assertArrayEquals(first.ids(), one(drawn(1.5, 0.95, seed)).ids());
        Set<List<Long>> different = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            long[] ids = one(drawn(1.5, 0.95, seed + 1000 + i)).ids();
            different.add(Arrays.stream(ids).boxed().toList());
        }
        assertTrue(different.size() > 4);
        assertArrayEquals(
                "nothing but the most likely token is in so small a nucleus",
                one(greedy(24)).ids(),
                one(drawn(1, 1e-6, seed)).ids());
    }

    /** The tokens of [0.5, 0.3, 0.15, 0.05], drawn by their mass from the nucleus alone. */
    public void testOnlyTokensOfTheNucleus() {
        double[] mass = {0.15, 0.5, 0.05, 0.3};
        float[] logits = new float[4];
        for (int i = 0; i < 4; i++) {
            logits[i] = (float) Math.log(mass[i]) + 3;
        }
        double[][] expected = {
            // top_p, then the share of each token
            {0.4, 0, 1, 0, 0},
            {0.6, 0, 0.625, 0, 0.375},
            {0.9, 0.15 / 0.95, 0.5 / 0.95, 0, 0.3 / 0.95},
            {1, 0.15, 0.5, 0.05, 0.3}
        };
        for (double[] row : expected) {
            TokenChooser chooser = new TokenChooser(drawn(1, row[0], 17), 0);
            int[] counts = new int[4];
            for (int i = 0; i < 20_000; i++) {
                counts[chooser.choose(logits)]++;
            }
            for (int token = 0; token < 4; token++) {
                double share = row[token + 1];
                // five standard deviations
                double apart = 5 * Math.sqrt(share * (1 - share) / 20_000);
                assertEquals("top_p " + row[0], share, counts[token] / 20_000.0, apart);
            }
        }
    }

    public void testStatesAreThoseOfTheWholeText() throws Exception {
        Generation written = one(greedy(6).withStates());
        assertEquals(6, written.producing().size());
        assertEquals(6, written.ofTokens().size());
        PreparedSequence prompt = prompt();
        long[] ids = Arrays.copyOf(prompt.ids(), prompt.length() + 6);
        System.arraycopy(written.ids(), 0, ids, prompt.length(), 6);
        PreparedSequence whole = text(ids);
        ReadoutPlan last = ReadoutPlan.state(network.layers(), Pooling.LAST);
        for (int i = 0; i < 6; i++) {
            float[] expected =
                    network.read(List.of(whole.head(prompt.length() + i)), last).get(0).state();
            assertArrayEquals(expected, written.producing().get(i), 2e-5f);
            float[] own =
                    network.read(List.of(whole.head(prompt.length() + i + 1)), last).get(0).state();
            assertArrayEquals(own, written.ofTokens().get(i), 2e-5f);
        }
    }

    public void testBehindASharedBeginning() throws Exception {
        PreparedSequence prompt = prompt();
        int head = prompt.length() / 2;
        try (KeyValues before = network.room(head)) {
            network.extend(
                    List.of(prompt.head(head)),
                    List.of(before),
                    ReadoutPlan.state(network.layers(), Pooling.LAST));
            List<Generation> written =
                    generator.generate(
                            List.of(prompt.tail(head), prompt.tail(head)),
                            List.of(before, before),
                            greedy(8),
                            GenerationListener.NONE);
            long[] reference = reference().longs("greedy_ids");
            assertArrayEquals(reference, written.get(0).ids());
            assertArrayEquals(reference, written.get(1).ids());
            assertEquals(head, before.tokens());
        }
    }

    public void testOptionsOutOfRange() {
        Object[][] wrong = {
            {0, 0.0, 1.0, "[max_new_tokens] must be at least [1], not [0]"},
            {1, -0.1, 1.0, "[temperature] must be [0] to [100], not [-0.1]"},
            {1, Double.NaN, 1.0, "[temperature] must be [0] to [100], not [NaN]"},
            {1, 1.0, 0.0, "[top_p] must be above [0] and at most [1], not [0.0]"},
            {1, 1.0, 1.5, "[top_p] must be above [0] and at most [1], not [1.5]"}
        };
        for (Object[] row : wrong) {
            IllegalArgumentException e =
                    expectThrows(
                            IllegalArgumentException.class,
                            () ->
                                    new GenerationOptions(
                                            (int) row[0],
                                            (double) row[1],
                                            (double) row[2],
                                            0,
                                            Stop.AT_END,
                                            false));
            assertEquals(row[3], e.getMessage());
        }
        expectThrows(IllegalArgumentException.class, () -> new Stop(true, Set.of(), List.of("")));
    }
}
