package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.ParityCase;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.prompt.PreparedSequence;

public class Qwen2VlParityTests extends NetworkParityTestCase {

    @Override
    List<String> fixtures() {
        return List.of("qwen2_vl_a", "qwen2_vl_b");
    }

    @Override
    VisionLanguageNetwork load(Path checkpoint, DType dtype) throws Exception {
        NetworkOptions options = NetworkOptions.likeReference(dtype, null);
        return Qwen2VlConfig.read(checkpoint).load(engine(), checkpoint, options);
    }

    @Override
    PreparedSequence sequence(String fixture, ParityCase c, String prefix, String positionIds)
            throws Exception {
        Qwen2VlConfig config = Qwen2VlConfig.read(fixture(fixture).resolve("checkpoint"));
        return c.sequence(prefix, positionIds, config);
    }
}
