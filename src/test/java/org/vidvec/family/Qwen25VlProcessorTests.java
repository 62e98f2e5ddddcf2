package org.vidvec.family;

import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.MropeProcessor;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.VideoClock;
import org.vidvec.prompt.VisionSpan;

/** From messages and frames with times to the tokens and positions of transformers. */
public class Qwen25VlProcessorTests extends ESTestCase {

    private static final List<String> CASES =
            List.of("image", "video", "video_many_frames", "video_odd", "video_rerank");

    static MropeProcessor processor(Parity.Case c, Tokenizer tokenizer, PositionRule rule)
            throws Exception {
        Qwen25VlConfig config = Qwen25VlConfig.read(c.checkpoint());
        PromptEncoder encoder =
                MropeFixture.encoder(c, tokenizer, config.imageToken(), config.videoToken());
        VideoClock clock =
                new VideoClock(
                        config.vision().tokensPerSecond(),
                        config.vision().sizes().patches().temporalPatchSize());
        return new MropeProcessor(
                new Qwen2VlPrompt(encoder, MropeFixture.SYSTEM, rule, clock),
                config.imageToken(),
                config.videoToken(),
                new PictureProcessor(MropeFixture.pictures(c, "preprocessor_config.json")),
                new PictureProcessor(MropeFixture.pictures(c, "video_preprocessor_config.json")));
    }

    public void testEqualsTheReferenceUnderBothRules() throws Exception {
        for (String name : CASES) {
            Parity.Case c = new Parity.Case("qwen2_5_vl_a", name);
            TensorFile tensors = c.tensors();
            for (PositionRule rule : PositionRule.values()) {
                try (Tokenizer tokenizer = MropeFixture.tokenizer(c)) {
                    PreparedSequence sequence =
                            processor(c, tokenizer, rule)
                                    .prepare(MropeFixture.parts(c), PromptStyle.CHAT);
                    assertArrayEquals(name, tensors.longs("input.input_ids"), sequence.ids());
                    boolean classic =
                            rule == PositionRule.CLASSIC && tensors.has("classic.position_ids");
                    long[] expected =
                            tensors.longs(classic ? "classic.position_ids" : "position_ids");
                    int tokens = sequence.length();
                    for (int i = 0; i < expected.length; i++) {
                        assertEquals(
                                name + " " + rule + " " + i,
                                expected[i],
                                sequence.positions()[i / tokens][i % tokens]);
                    }
                }
            }
        }
    }

    public void testClock() {
        VideoClock clock = new VideoClock(2, 2);
        // three frames a second: two thirds of a second a patch
        assertEquals(4 / 3f, clock.step(frames(0, 1 / 3., 2 / 3., 1)), 1e-6f);
        // what float noise would round down to 1
        assertEquals(2f, clock.step(frames(0, 0.1 + 0.2 + 0.2, 1)), 0f);
        assertEquals(1f, clock.step(frames(0)), 0f);
        assertEquals(1f, VideoClock.COUNTING.step(frames(0, 5)), 0f);
        assertEquals(2, new VisionSpan(0, 3, 1, 1, 4 / 3f).timeOf(2));
    }

    private static List<Frame> frames(double... times) {
        return Arrays.stream(times).mapToObj(time -> new Frame(time, 1, 1, new byte[3])).toList();
    }
}
