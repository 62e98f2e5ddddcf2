package org.vidvec.client;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.node.HttpTestCase;

/** The official Python client can do the main job. {@code .ci/run} installs it. */
public class PythonClientIT extends HttpTestCase {

    private static final Path PROJECT = Path.of(System.getProperty("vidvec.project.dir"));

    private static final Path PYTHON =
            PROJECT.resolve("target").resolve("python").resolve("bin").resolve("python3");

    public void testMainJob() throws Exception {
        assumeTrue(
                "no Python client in [" + PYTHON + "]; [.ci/run] installs it",
                Files.isExecutable(PYTHON));
        JsonObject answer = run("src/test/python/client.py");
        assertThat(answer.get("ingested").getAsInt(), equalTo(3));
        assertThat(answer.getAsJsonArray("errors").isEmpty(), equalTo(true));
        List<String> found = new ArrayList<>();
        answer.getAsJsonArray("knn").forEach(id -> found.add(id.getAsString()));
        assertThat(found, containsInAnyOrder("bottles", "sign-book", "sign-eat"));
        for (JsonElement hit : answer.getAsJsonArray("reranked")) {
            double pYes = hit.getAsJsonArray().get(1).getAsDouble();
            assertThat(pYes, greaterThanOrEqualTo(0.0));
            assertThat(pYes, lessThanOrEqualTo(1.0));
        }
        assertThat(answer.getAsJsonArray("reranked").size(), equalTo(found.size()));
    }

    private static JsonObject run(String script) throws Exception {
        // the real folder below the test framework's own file system: a process writes there
        Path folder = Path.of(createTempDir().toString());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int code =
                new ProcessBuilder(PYTHON.toString(), script, node().toString(), "src/main/demo")
                        .directory(PROJECT.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start()
                        .waitFor();
        assertThat(Files.readString(err), code, equalTo(0));
        return JsonParser.parseString(Files.readString(out)).getAsJsonObject();
    }
}
