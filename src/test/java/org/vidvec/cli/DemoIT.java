package org.vidvec.cli;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.elasticsearch.test.ESTestCase;

/** {@code ./vidvec demo --once --json} as a user types it. */
@ESTestCase.WithoutEntitlements
public class DemoIT extends ESTestCase {

    private static final int GENERATED = 12;
    private static final int REAL = 12;
    private static final int CLIPS = GENERATED + REAL;
    private static final double TOLERANCE = 1e-6;

    public void testDemoAsJson() throws Exception {
        // the real folder below the test framework's own file system: processes read it
        Path folder = Path.of(createTempDir().toString());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int code = demo(out, err);
        String printed = Files.readString(out);
        assertThat(Files.readString(err) + printed, code, equalTo(0));
        // one object and nothing else: the strict parser refuses a second one
        JsonObject report = JsonParser.parseString(printed).getAsJsonObject();
        assertThat(report.get("ingested").getAsInt(), equalTo(CLIPS));
        assertThat(report.get("failed").getAsInt(), equalTo(0));
        assertThat(report.get("model").getAsString(), equalTo("tiny"));
        assertThat(
                report.getAsJsonObject("seconds").keySet(),
                hasItems("start", "prepare", "draw", "ingest", "search", "rescore"));
        JsonArray queries = report.getAsJsonArray("queries");
        assertThat(queries.asList(), hasSize(CLIPS));
        checkFound(report.getAsJsonObject("generated"), queries, true, GENERATED);
        checkFound(report.getAsJsonObject("real"), queries, false, REAL);
        for (JsonElement each : queries) {
            checkQuery(each.getAsJsonObject());
        }
    }

    /** What is summed up is what was found. */
    private static void checkFound(
            JsonObject found, JsonArray queries, boolean generated, int count) {
        assertThat(found.get("queries").getAsInt(), equalTo(count));
        for (String ranking : List.of("knn", "reranked")) {
            int first = 0;
            for (JsonElement each : queries) {
                JsonObject query = each.getAsJsonObject();
                String wanted = query.get("wanted").getAsString();
                if (query.get("generated").getAsBoolean() == generated) {
                    assertThat(wanted.startsWith("generated-"), equalTo(generated));
                    JsonObject best = query.getAsJsonArray(ranking).get(0).getAsJsonObject();
                    first += best.get("id").getAsString().equals(wanted) ? 1 : 0;
                }
            }
            assertThat(found.get(ranking).getAsInt(), equalTo(first));
        }
    }

    private static void checkQuery(JsonObject query) {
        assertThat(query.get("query").getAsString().length(), greaterThan(0));
        JsonArray knn = query.getAsJsonArray("knn");
        JsonArray reranked = query.getAsJsonArray("reranked");
        assertThat("the rescore reorders the window", ids(reranked), equalTo(ids(knn)));
        double last = 1;
        for (JsonElement each : reranked) {
            double pYes = each.getAsJsonObject().get("p_yes").getAsDouble();
            double score = each.getAsJsonObject().get("score").getAsDouble();
            assertEquals(score, pYes, TOLERANCE);
            assertTrue("[" + pYes + "] is no probability", pYes >= 0 && pYes <= 1);
            assertTrue("[" + pYes + "] after [" + last + "]", pYes <= last);
            last = pYes;
        }
    }

    private static Set<String> ids(JsonArray hits) {
        Set<String> ids = new TreeSet<>();
        hits.forEach(hit -> ids.add(hit.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    private static int demo(Path out, Path err) throws Exception {
        String project = System.getProperty(Project.PROPERTY);
        List<String> command = new ArrayList<>(List.of(project + "/vidvec"));
        command.addAll(List.of("demo", "--once", "--json"));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("VIDVEC_BUILT", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start().waitFor();
    }
}
