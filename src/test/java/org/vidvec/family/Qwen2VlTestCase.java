package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.ParityCase;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;

/** What the tests of the Qwen2-VL network share: the fixtures and loading them. */
public abstract class Qwen2VlTestCase extends ESTestCase {

    protected static final String[] FIXTURES = {"qwen2_vl_a", "qwen2_vl_b"};

    protected static TorchEngine engine() throws Exception {
        return TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
    }

    protected Path fixture(String name) {
        return getDataPath("/parity/" + name);
    }

    protected VisionLanguageNetwork load(String fixture, DType dtype) throws Exception {
        return load(fixture, NetworkOptions.likeReference(dtype, null));
    }

    protected VisionLanguageNetwork load(String fixture, NetworkOptions options) throws Exception {
        return config(fixture).load(engine(), fixture(fixture).resolve("checkpoint"), options);
    }

    protected Qwen2VlConfig config(String fixture) throws Exception {
        return Qwen2VlConfig.read(fixture(fixture).resolve("checkpoint"));
    }

    protected PreparedSequence sequence(String fixture, String name) throws Exception {
        return ParityCase.open(fixture(fixture), name).sequence("", config(fixture));
    }

    protected static float[] state(
            VisionLanguageNetwork network, PreparedSequence sequence, int layer) throws Exception {
        return network.read(List.of(sequence), ReadoutPlan.state(layer, ReadoutPlan.Pooling.LAST))
                .get(0)
                .state();
    }

    protected ParityCase open(String fixture, String name) throws Exception {
        return ParityCase.open(fixture(fixture), name);
    }
}
