package org.vidvec.readme;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.vidvec.node.EmbeddedNode;
import org.vidvec.node.HttpTestCase;
import org.vidvec.node.NodeFixture;

/**
 * The README's five requests, run by a shell as they stand there; only the node's address differs.
 * The node is fresh: its models are those of the plugin.
 */
public class ReadmeIT extends HttpTestCase {

    private static final Path PROJECT = PathUtils.get(System.getProperty("vidvec.project.dir"));

    private static EmbeddedNode fresh;

    @BeforeClass
    public static void startFreshNode() throws Exception {
        fresh = NodeFixture.startFresh("readme");
    }

    @AfterClass
    public static void stopFreshNode() {
        if (fresh != null) {
            fresh.close();
            fresh = null;
        }
    }

    public void testModelsOfThePlugin() throws Exception {
        List<String> listed = new ArrayList<>();
        for (JsonElement each : ask("/_vidvec/models").getAsJsonArray("models")) {
            JsonObject model = each.getAsJsonObject();
            assertFalse(each.toString(), model.has("error"));
            assertEquals(each.toString(), 256, model.get("dims").getAsInt());
            listed.add(model.get("model_id").getAsString());
        }
        try (Stream<Path> folders = Files.list(PROJECT.resolve("models"))) {
            assertEquals(
                    folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .sorted()
                            .toList(),
                    listed);
        }
        assertTrue(listed.toString(), listed.contains("tiny"));
    }

    private static JsonObject ask(String path) throws IOException {
        return call(fresh.uri(), "GET", path, null).json().getAsJsonObject();
    }

    public void testFiveRequests() throws Exception {
        List<String> blocks = shellBlocks();
        assertEquals(5, blocks.size());

        assertEquals("{\"acknowledged\":true}", run(blocks.get(0)));
        assertEquals(
                "{\"acknowledged\":true,\"shards_acknowledged\":true,\"index\":\"clips\"}",
                run(blocks.get(1)));

        List<JsonObject> created = objects(run(blocks.get(2)));
        assertEquals(3, created.size());
        for (JsonObject answer : created) {
            assertEquals(answer.toString(), "created", answer.get("result").getAsString());
        }
        JsonObject document =
                ask("/clips/_doc/frog-toy.webm?_source_exclude_vectors=false")
                        .getAsJsonObject("_source");
        assertFalse("the original is dropped", document.has("video"));
        assertEquals(256, document.getAsJsonObject("vidvec").getAsJsonArray("embedding").size());

        assertEquals(3, hits(run(blocks.get(3))).size());

        JsonArray reranked = hits(run(blocks.get(4)));
        assertEquals(3, reranked.size());
        double last = 1;
        for (JsonElement hit : reranked) {
            double score = hit.getAsJsonObject().get("_score").getAsDouble();
            assertTrue("P(Yes) in order: " + score, score >= 0 && score <= last);
            assertTrue(
                    hit.toString(),
                    hit.getAsJsonObject().get("_explanation").toString().contains("P(Yes)"));
            last = score;
        }
    }

    private static List<String> shellBlocks() throws IOException {
        return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PROJECT.resolve("README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String run(String script) throws Exception {
        String address = fresh.uri().getHost() + ":" + fresh.uri().getPort();
        Process shell =
                new ProcessBuilder("bash", "-euc", script.replace("localhost:9200", address))
                        .directory(PROJECT.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue("curl came to an end", shell.waitFor(1, TimeUnit.MINUTES));
        assertEquals(output, 0, shell.exitValue());
        return output;
    }

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    /** Objects one after the other, as several requests print them. */
    private static List<JsonObject> objects(String output) {
        return Pattern.compile("(?<=\\})(?=\\{)")
                .splitAsStream(output.replaceAll("\\s+", " ").trim())
                .flatMap(part -> Pattern.compile("(?<=\\}) ?(?=\\{\"_index)").splitAsStream(part))
                .map(ReadmeIT::object)
                .toList();
    }

    private static JsonArray hits(String json) {
        JsonObject answer = object(json);
        assertTrue(json, answer.has("hits"));
        return answer.getAsJsonObject("hits").getAsJsonArray("hits");
    }
}
