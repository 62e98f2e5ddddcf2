package org.vidvec.model;

import java.nio.file.Path;
import org.junit.AfterClass;

public class YesNoMatcherTests extends MatcherTestCase {

    private static LoadedModel model;

    @Override
    protected Matcher matcher() throws Exception {
        if (model == null) {
            Path models = createTempDir();
            TestModels.copy(models, "b", "qwen2_vl_b", "{\"dtype\": \"float32\"}");
            model = TestModels.repository(models).load("b");
        }
        return model.matcher();
    }

    @AfterClass
    public static void closeModel() {
        if (model != null) {
            model.close();
            model = null;
        }
    }
}
