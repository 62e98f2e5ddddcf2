package org.vidvec.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/**
 * The weights that come with the plugin, as they are committed: they know their world. By chance
 * one of 24 texts finds its clip, and half of the verdicts are right.
 */
public class ShippedModelTests extends ESTestCase {

    private static final Path SHIPPED = PathUtils.get("models");

    /**
     * A report on clips of the test split, which no training has seen.
     *
     * @param judged of each query; with 0 there are no verdicts
     */
    private static JsonObject measured(Path model, int judged) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] eval = {
            "eval",
            "world",
            "--model",
            model.toString(),
            "--limit",
            "24",
            "--rerank",
            Integer.toString(judged),
            "--json"
        };
        int code = Vidvec.run(eval, new PrintWriter(out, true), new PrintWriter(err, true));
        assertEquals(err.toString(), 0, code);
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private static double found(JsonObject report, String way) {
        return report.getAsJsonObject(way).get("recall@1").getAsDouble();
    }

    private static double rightVerdicts(JsonObject report) {
        return report.getAsJsonObject("matches")
                .getAsJsonObject("all")
                .get("accuracy")
                .getAsDouble();
    }

    public void testTinyFindsAndJudges() {
        JsonObject report = measured(SHIPPED.resolve("tiny"), 1);
        assertTrue(report.toString(), found(report, "t2v") >= 0.85);
        assertTrue(report.toString(), found(report, "v2t") >= 0.85);
        assertTrue(report.toString(), rightVerdicts(report) >= 0.85);
    }

    public void testItsAdaptersFind() {
        for (String adapter : new String[] {"tiny-vidvec", "tiny-vlm2vec", "tiny-vill-e"}) {
            JsonObject report = measured(SHIPPED.resolve(adapter), 0);
            assertTrue(adapter + report, found(report, "t2v") >= 0.85);
            assertTrue(adapter + report, found(report, "v2t") >= 0.85);
        }
    }

    /** The same bounds tell weights that learnt from some that did not. */
    public void testNoiseDoesNot() {
        JsonObject report = measured(PathUtils.get("src", "test", "models", "tiny"), 1);
        assertTrue(report.toString(), found(report, "t2v") < 0.3);
        assertTrue(report.toString(), rightVerdicts(report) < 0.7);
    }
}
