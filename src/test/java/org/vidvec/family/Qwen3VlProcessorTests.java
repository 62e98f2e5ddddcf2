package org.vidvec.family;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.ChatTemplate;
import org.vidvec.prompt.FrameSizing;
import org.vidvec.prompt.MropeProcessor;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.VisionInput;

/** From messages and raw frames to what transformers gives the network, in every number. */
public class Qwen3VlProcessorTests extends ESTestCase {

    public void testVideoEqualsTheReference() throws Exception {
        Parity.Case c = new Parity.Case("qwen3_vl_b", "video");
        PreparedSequence sequence = prepare(c, c.tensors().frames("frames"));
        assertTokens(c, sequence);
        VisionInput vision = sequence.vision().get(0);
        float[] patches = c.tensors().floats("input.pixel_values_videos");
        assertArrayEquals(patches, vision.patches(), 0f);
        long[] grid = c.tensors().longs("input.video_grid_thw");
        assertEquals(new PatchGrid((int) grid[0], (int) grid[1], (int) grid[2]), vision.grid());
    }

    public void testImageEqualsTheReference() throws Exception {
        Parity.Case c = new Parity.Case("qwen3_vl_a", "image");
        List<Frame> frames = c.tensors().frames("frames");
        assertTokens(c, prepare(c, frames));
        try (Tokenizer tokenizer = MropeFixture.tokenizer(c)) {
            List<Frame> resized =
                    processor(c, tokenizer, system(c)).resized(new PromptPart.Image(frames.get(0)));
            assertArrayEquals(c.tensors().bytes("resized_frames"), resized.get(0).rgb());
        }
    }

    /** An odd number of frames at two per second: times of one decimal, halves to even. */
    public void testTimesOfAnOddVideo() throws Exception {
        Parity.Case c = new Parity.Case("qwen3_vl_a", "video_odd");
        assertTokens(c, prepare(c, MropeFixture.black(c, 0, 1, 2, 3, 4)));
    }

    /** The frames that transformers sampled of 20 at 8 per second. */
    public void testTimesOfSampledFrames() throws Exception {
        Parity.Case c = new Parity.Case("qwen3_vl_a", "video_sampled");
        assertTokens(c, prepare(c, MropeFixture.black(c, 0, 5, 10, 14, 19)));
    }

    public void testTextEqualsTheReference() throws Exception {
        Parity.Case c = new Parity.Case("qwen3_vl_b", "text_short");
        try (Tokenizer tokenizer = MropeFixture.tokenizer(c)) {
            List<PromptPart> text =
                    List.of(new PromptPart.Text(c.json().get("text").getAsString()));
            assertTokens(c, processor(c, tokenizer, system(c)).prepare(text, PromptStyle.CHAT));
        }
    }

    public void testNoSystemTurnWhereTheTemplateHasNone() throws Exception {
        Path folder = createTempDir();
        assertEquals("", ChatTemplate.defaultSystemMessage(folder, ""));
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");
        assertEquals("", ChatTemplate.defaultSystemMessage(folder, ""));
        Parity.Case c = new Parity.Case("qwen3_vl_b", "text_short");
        assertEquals("You are a helpful assistant.", system(c));
        try (Tokenizer tokenizer = MropeFixture.tokenizer(c)) {
            long[] ids =
                    processor(c, tokenizer, "")
                            .prepare(List.of(new PromptPart.Text("a")), PromptStyle.CHAT)
                            .ids();
            assertEquals(
                    "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\n",
                    tokenizer.decode(ids, false));
        }
    }

    public void testPlainStyleIsBare() throws Exception {
        Parity.Case c = new Parity.Case("qwen3_vl_b", "video");
        try (Tokenizer tokenizer = MropeFixture.tokenizer(c)) {
            PromptPart video = new PromptPart.Video(c.tensors().frames("frames"));
            PreparedSequence sequence =
                    processor(c, tokenizer, "").prepare(List.of(video), PromptStyle.PLAIN);
            assertEquals(18, sequence.length());
            for (int token = 0; token < 18; token++) {
                assertEquals(1113, sequence.ids()[token]);
                assertEquals(token, sequence.positions()[2][token]);
            }
        }
    }

    public void testOneDecimalAsPython() {
        assertEquals("0.2", Qwen3VlPrompt.oneDecimal(0.25));
        assertEquals("0.8", Qwen3VlPrompt.oneDecimal(0.75));
        assertEquals("0.1", Qwen3VlPrompt.oneDecimal(0.15));
        assertEquals("12.0", Qwen3VlPrompt.oneDecimal(11.96));
        assertEquals("0.0", Qwen3VlPrompt.oneDecimal(0));
    }

    private static void assertTokens(Parity.Case c, PreparedSequence sequence) throws IOException {
        TensorFile tensors = c.tensors();
        assertArrayEquals(c + "", tensors.longs("input.input_ids"), sequence.ids());
        long[] positions = tensors.longs("position_ids");
        int tokens = sequence.length();
        for (int i = 0; i < 3 * tokens; i++) {
            assertEquals(c + " " + i, positions[i], sequence.positions()[i / tokens][i % tokens]);
        }
    }

    private static PreparedSequence prepare(Parity.Case c, List<Frame> frames) throws Exception {
        try (Tokenizer tokenizer = MropeFixture.tokenizer(c)) {
            MropeProcessor processor = processor(c, tokenizer, system(c));
            List<PromptPart> parts = MropeFixture.parts(c, frames);
            PreparedSequence sequence = processor.prepare(parts, PromptStyle.CHAT);
            assertEquals(sequence.length(), processor.countTokens(parts, PromptStyle.CHAT));
            return sequence;
        }
    }

    private static String system(Parity.Case c) throws Exception {
        return ChatTemplate.defaultSystemMessage(c.checkpoint(), "");
    }

    private static MropeProcessor processor(Parity.Case c, Tokenizer tokenizer, String system)
            throws Exception {
        Qwen3VlConfig config = Qwen3VlConfig.read(c.checkpoint());
        PromptEncoder encoder =
                MropeFixture.encoder(c, tokenizer, config.imageToken(), config.videoToken());
        PreprocessorConfig videos = MropeFixture.pictures(c, "video_preprocessor_config.json");
        return new MropeProcessor(
                new Qwen3VlPrompt(
                        encoder, system, config.vision().sizes().patches().temporalPatchSize()),
                config.imageToken(),
                config.videoToken(),
                new PictureProcessor(MropeFixture.pictures(c, "preprocessor_config.json")),
                new PictureProcessor(videos, FrameSizing.together(videos, Integer.MAX_VALUE)));
    }
}
