package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.ParityCase;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.Tokenizer;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptStyle;

public class Qwen25VlParityTests extends NetworkParityTestCase {

    @Override
    List<String> fixtures() {
        return List.of("qwen2_5_vl_a");
    }

    @Override
    VisionLanguageNetwork load(Path checkpoint, DType dtype) throws Exception {
        NetworkOptions options = NetworkOptions.likeReference(dtype, null);
        return Qwen25VlConfig.read(checkpoint).load(engine(), checkpoint, options);
    }

    @Override
    PreparedSequence sequence(String fixture, ParityCase c, String prefix, String positionIds)
            throws Exception {
        Parity.Case named = new Parity.Case(fixture, c.json().get("case").getAsString());
        if (c.has("frames") && c.has("input.pixel_values_videos") == false) {
            // the trim dropped what the processor makes of frames
            boolean classic = positionIds.startsWith("classic.");
            PositionRule rule = classic ? PositionRule.CLASSIC : PositionRule.SPATIAL;
            try (Tokenizer tokenizer = MropeFixture.tokenizer(named)) {
                return Qwen25VlProcessorTests.processor(named, tokenizer, rule)
                        .prepare(MropeFixture.parts(named), PromptStyle.CHAT);
            }
        }
        Qwen25VlConfig config = Qwen25VlConfig.read(fixture(fixture).resolve("checkpoint"));
        return c.sequence(
                prefix,
                positionIds,
                config.imageToken(),
                config.videoToken(),
                config.vision().sizes().patches().mergeSize());
    }

    /** The references are in a case whose pictures are too many to keep here. */
    @Override
    boolean hasBFloat16() {
        return false;
    }
}
