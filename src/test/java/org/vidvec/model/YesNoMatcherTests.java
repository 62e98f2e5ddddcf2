package org.vidvec.model;

import java.nio.file.Path;
import java.util.List;
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

    /** VidVec §3.1: both directions, with one question. */
    public void testVideoToTextAsksWhatTextToVideoAsks() throws Exception {
        Content video = TestModels.video(List.of(EmbedderTestCase.frame(60, 80, 120)));
        Content one = new Content.Text("a dog catches a frisbee");
        Content other = new Content.Text("a train leaves the station");
        List<MatchScore> found = matcher().match(List.of(video), List.of(one, other));
        for (int i = 0; i < 2; i++) {
            MatchScore expected =
                    matcher().match(List.of(i == 0 ? one : other), List.of(video)).get(0);
            assertEquals(expected.yesLogit(), found.get(i).yesLogit(), 1e-4);
            assertEquals(expected.noLogit(), found.get(i).noLogit(), 1e-4);
        }
        ModelException e =
                expectThrows(
                        ModelException.class, () -> matcher().match(List.of(other), List.of(one)));
        assertEquals(ModelException.Kind.INPUT, e.kind());
        assertTrue(
                e.getMessage(), e.getMessage().contains("with a query of one [video] or [image]"));
    }
}
