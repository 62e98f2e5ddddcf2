package org.vidvec.model;

import java.nio.file.Path;
import org.junit.AfterClass;

public class Qwen2VlEmbedderTests extends EmbedderTestCase {

    private static LoadedModel model;

    @Override
    protected Embedder embedder() throws Exception {
        if (model == null) {
            Path models = createTempDir();
            TestModels.copy(models, "a", "qwen2_vl_a", null);
            model = TestModels.repository(models).load("a");
        }
        return model.embedder();
    }

    @AfterClass
    public static void closeModel() {
        if (model != null) {
            model.close();
            model = null;
        }
    }
}
