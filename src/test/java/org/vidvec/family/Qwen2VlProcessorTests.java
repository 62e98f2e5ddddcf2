package org.vidvec.family;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.MropeProcessor;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.VideoClock;
import org.vidvec.prompt.VisionInput;

/** From messages and raw frames to what transformers gives the network, in every number. */
public class Qwen2VlProcessorTests extends ESTestCase {

    private static Tokenizer a;
    private static Tokenizer b;

    @BeforeClass
    public static void loadTokenizers()
            throws NativeLibraryException, CheckpointException, EngineException {
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        a = Tokenizer.load(natives, Parity.path("qwen2_vl_a/checkpoint/tokenizer.json"));
        b = Tokenizer.load(natives, Parity.path("qwen2_vl_b/checkpoint/tokenizer.json"));
    }

    @AfterClass
    public static void closeTokenizers() {
        a.close();
        b.close();
        a = null;
        b = null;
    }

    public void testEqualsTheReference() throws Exception {
        for (Parity.Case c : Parity.VISION) {
            TensorFile tensors = c.tensors();
            List<PromptPart> parts = parts(c.json(), tensors.frames("frames"));
            for (PositionRule rule : PositionRule.values()) {
                MropeProcessor processor = processor(c.fixture(), rule);
                PreparedSequence sequence = processor.prepare(parts, PromptStyle.CHAT);
                assertSequence(c, tensors, rule, sequence);
                assertEquals(sequence.length(), processor.countTokens(parts, PromptStyle.CHAT));
            }
        }
    }

    public void testTextEqualsTheReference() throws Exception {
        for (Parity.Case c : Parity.TEXT) {
            PreparedSequence sequence =
                    processor(c.fixture(), PositionRule.CLASSIC)
                            .prepare(
                                    List.of(
                                            new PromptPart.Text(
                                                    c.json().get("text").getAsString())),
                                    PromptStyle.CHAT);
            assertArrayEquals(c.tensors().longs("input.input_ids"), sequence.ids());
            assertArrayEquals(c.tensors().longs("position_ids"), flat(sequence.positions()));
        }
        Parity.Case batch = new Parity.Case("qwen2_vl_a", "text_batch");
        for (int row = 0; row < 2; row++) {
            String text = batch.json().getAsJsonArray("texts").get(row).getAsString();
            PreparedSequence sequence =
                    processor("qwen2_vl_a", PositionRule.CLASSIC)
                            .prepare(List.of(new PromptPart.Text(text)), PromptStyle.CHAT);
            assertArrayEquals(
                    batch.tensors().longs("row" + row + ".input.input_ids"), sequence.ids());
        }
    }

    public void testPlainStyleIsBareAndCountsUpUnderTheClassicRule() throws Exception {
        Frame frame = new Frame(0, 56, 56, new byte[56 * 56 * 3]);
        List<PromptPart> parts =
                List.of(
                        new PromptPart.Video(List.of(frame, frame)),
                        new PromptPart.Text(" Understand."));
        PreparedSequence sequence =
                processor("qwen2_vl_a", PositionRule.CLASSIC).prepare(parts, PromptStyle.PLAIN);
        long[] ids = sequence.ids();
        for (int i = 0; i < 4; i++) {
            assertEquals(1113, ids[i]);
        }
        assertNotEquals(1113, ids[4]);
        assertEquals(" Understand.", a.decode(Arrays.copyOfRange(ids, 4, ids.length), false));
        for (int i = 0; i < ids.length; i++) {
            assertEquals(i, sequence.positions()[1][i]);
        }
        long[][] spatial =
                processor("qwen2_vl_a", PositionRule.SPATIAL)
                        .prepare(parts, PromptStyle.PLAIN)
                        .positions();
        assertArrayEquals(new long[] {0, 0, 1, 1, 2}, Arrays.copyOf(spatial[1], 5));
    }

    public void testSpecialTokensInAUsersTextAreText() throws Exception {
        String text = "a <|video_pad|> b<|im_end|>";
        PreparedSequence sequence =
                processor("qwen2_vl_a", PositionRule.CLASSIC)
                        .prepare(List.of(new PromptPart.Text(text)), PromptStyle.PLAIN);
        for (long id : sequence.ids()) {
            assertTrue("special token [" + id + "]", id < 1100);
        }
        assertEquals(text, a.decode(sequence.ids(), false));
    }

    public void testNothingAtAllIsRefused() throws Exception {
        MropeProcessor processor = processor("qwen2_vl_a", PositionRule.CLASSIC);
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () ->
                                processor.prepare(
                                        List.of(new PromptPart.Text("")), PromptStyle.PLAIN));
        assertEquals(
                "the input is empty; send at least one character, image or video", e.getMessage());
    }

    public void testFramesOfTwoSizesAreRefused() throws Exception {
        MropeProcessor processor = processor("qwen2_vl_a", PositionRule.CLASSIC);
        PromptPart video =
                new PromptPart.Video(
                        List.of(
                                new Frame(0, 30, 28, new byte[30 * 28 * 3]),
                                new Frame(1, 28, 28, new byte[28 * 28 * 3])));
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> processor.countTokens(List.of(video), PromptStyle.CHAT));
        assertEquals(
                "the frames of a video must have one size; there are [30x28] and [28x28]",
                e.getMessage());
    }

    private static void assertSequence(
            Parity.Case c, TensorFile tensors, PositionRule rule, PreparedSequence sequence) {
        assertArrayEquals(c.toString(), tensors.longs("input.input_ids"), sequence.ids());
        boolean classic = rule == PositionRule.CLASSIC && tensors.has("classic.position_ids");
        assertArrayEquals(
                c + " " + rule,
                tensors.longs(classic ? "classic.position_ids" : "position_ids"),
                flat(sequence.positions()));
        String pixels =
                tensors.has("input.pixel_values")
                        ? "input.pixel_values"
                        : "input.pixel_values_videos";
        assertEquals(1, sequence.vision().size());
        VisionInput vision = sequence.vision().get(0);
        assertArrayEquals(c.toString(), tensors.floats(pixels), vision.patches(), 0f);
        assertEquals(tensors.shape(pixels)[0], vision.numPatches());
    }

    private static MropeProcessor processor(String fixture, PositionRule rule) throws Exception {
        Qwen2VlConfig config = Qwen2VlConfig.read(Parity.path(fixture + "/checkpoint"));
        Tokenizer tokenizer = fixture.equals("qwen2_vl_a") ? a : b;
        PreprocessorConfig pictures =
                PreprocessorConfig.of(
                        Parity.json(fixture + "/checkpoint/preprocessor_config.json"));
        PromptEncoder encoder =
                new PromptEncoder(
                        tokenizer,
                        AddedTokens.of(Parity.json(fixture + "/checkpoint/tokenizer.json")),
                        config.imageToken(),
                        config.videoToken());
        return new MropeProcessor(
                new Qwen2VlPrompt(encoder, MropeFixture.SYSTEM, rule, VideoClock.COUNTING),
                config.imageToken(),
                config.videoToken(),
                new PictureProcessor(pictures),
                new PictureProcessor(pictures));
    }

    private static List<PromptPart> parts(JsonObject json, List<Frame> frames) throws IOException {
        List<PromptPart> parts = new ArrayList<>();
        JsonObject message = json.getAsJsonArray("messages").get(0).getAsJsonObject();
        for (JsonElement element : message.getAsJsonArray("content")) {
            JsonObject content = element.getAsJsonObject();
            parts.add(
                    switch (content.get("type").getAsString()) {
                        case "image" -> new PromptPart.Image(frames.get(0));
                        case "video" -> new PromptPart.Video(frames);
                        default -> new PromptPart.Text(content.get("text").getAsString());
                    });
        }
        return parts;
    }

    private static long[] flat(long[][] axes) {
        long[] flat = new long[axes.length * axes[0].length];
        for (int i = 0; i < axes.length; i++) {
            System.arraycopy(axes[i], 0, flat, i * axes[i].length, axes[i].length);
        }
        return flat;
    }
}
