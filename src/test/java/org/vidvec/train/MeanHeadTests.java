package org.vidvec.train;

import static org.vidvec.train.WatchedRun.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;

/** ViLL-E's attention-free pooling (section 3.2, table 7b): a head without weights. */
public class MeanHeadTests extends ESTestCase {

    private static RunFile captions() throws Exception {
        RunFile file =
                new RunFile(createTempDir())
                        .with("data", Map.of("generated", "clip", "frames", 2, "size", 56))
                        .with("head", Map.of("pooling_tokens", 8, "mlp_dim", 32, "heads", 4))
                        .with("optimizer", Map.of("learning_rate", 0.005, "decay", "head"));
        file.json().remove("lora");
        return file;
    }

    /** Own words, read in the last layer but one. */
    public void testTheMeanOfOwnWords() throws Exception {
        Map<String, Object> loss = Map.of("name", "vill_e", "tau", 0.1, "written", 1, "tokens", 4);
        Map<String, Object> mean = Map.of("name", "mean");
        WatchedRun told = new WatchedRun();
        RunFile file = captions().with("loss", loss).with("head", mean).with("steps", 2);
        Path whole = run(file.spec(), told);
        assertFalse(Files.exists(whole.resolve("kv_former.safetensors")));
        JsonObject card =
                JsonParser.parseString(Files.readString(whole.resolve("vidvec.json")))
                        .getAsJsonObject();
        assertEquals("kv_former", card.get("pooling").getAsString());
        assertEquals("of 5", 4, card.get("layer").getAsInt());
        // the captions' loss is that of the last layer, as with any head
        WatchedRun headed = new WatchedRun();
        run(captions().with("loss", loss).with("steps", 1).spec(), headed);
        Map<String, Double> first = told.reports.get(0).parts();
        double caption = headed.reports.get(0).parts().get("caption");
        assertEquals(caption, first.get("caption"), 1e-4);
        assertTrue(told.reports.get(1).gradient_norm() > 0);
        // in chunks, and computed once more on the way back, the same
        WatchedRun chunked = new WatchedRun();
        Map<String, Integer> batch = Map.of("size", 4, "chunk", 3);
        run(
                captions()
                        .with("loss", loss)
                        .with("head", mean)
                        .with("batch", batch)
                        .with("recompute", true)
                        .with("steps", 1)
                        .spec(),
                chunked);
        double norm = told.reports.get(0).gradient_norm();
        assertEquals(norm, chunked.reports.get(0).gradient_norm(), 1e-3 * norm);
        assertEquals(told.loss(1), chunked.loss(1), 1e-3);
        // another layer gives other embeddings, and what was learnt is learnt on
        WatchedRun last = new WatchedRun();
        RunFile other = captions().with("loss", loss).with("head", mean).with("layer", 0);
        run(other.with("steps", 1).spec(), last);
        double near = last.reports.get(0).parts().get("contrastive");
        assertNotEquals(near, first.get("contrastive"), 1e-4);
        RunFile on = captions().with("loss", loss).with("model", whole.toString());
        on.json().remove("head");
        Path again = run(on.with("steps", 1).spec(), new WatchedRun());
        assertEquals(
                -1, Files.mismatch(whole.resolve("vidvec.json"), again.resolve("vidvec.json")));
    }
}
