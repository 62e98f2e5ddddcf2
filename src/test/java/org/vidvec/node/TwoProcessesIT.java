package org.vidvec.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two real nodes, each a process: what the one loads, and what the other must not. */
public class TwoProcessesIT extends HttpTestCase {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final List<String> NATIVES =
            List.of("libtorch", "libdjl_torch", "libtokenizers", "libavcodec", "libavutil");

    private static NodeOptions data() throws NodeException {
        return NodeOptions.single(
                "data",
                Ports.free(),
                Map.of(
                        "cluster.initial_master_nodes",
                        "data",
                        "node.roles",
                        "master,data,ingest",
                        "vidvec.inference.enabled",
                        "false"));
    }

    private static NodeOptions inference(EmbeddedNode seed) throws NodeException {
        return NodeOptions.single(
                "inference",
                Ports.free(),
                Map.of(
                        "discovery.seed_hosts",
                        seed.transportAddress(),
                        "node.roles",
                        "",
                        "vidvec.inference.batch.max_size",
                        "1"));
    }

    public void testNativesAreLoadedOnTheInferenceNodeOnlyAndItsDeathHarmsNoDocument()
            throws Exception {
        try (EmbeddedNode data = EmbeddedNode.start(NodeFixture.home("data"), data(), PATIENCE)) {
            try (EmbeddedNode inference =
                    EmbeddedNode.start(NodeFixture.home("inference"), inference(data), PATIENCE)) {
                createVideos(data);
                List<Path> clips = clips();
                JsonObject first = bulk(data, clips.subList(0, 3));
                assertFalse(first.toString(), first.get("errors").getAsBoolean());
                JsonElement found = search(data);
                assertEquals(
                        found.toString(),
                        3,
                        found.getAsJsonObject()
                                .getAsJsonObject("hits")
                                .getAsJsonArray("hits")
                                .size());
                assertEquals(List.of(), nativesIn(data));
                assertEquals(NATIVES, nativesIn(inference));
                killWhileItWorks(data, inference, clips);
            }
        }
    }

    /** SIGKILL in the middle of a bulk. */
    private void killWhileItWorks(EmbeddedNode data, EmbeddedNode inference, List<Path> clips)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<JsonObject> bulk = new CompletableFuture<>();
            thread.execute(
                    () -> {
                        try {
                            bulk.complete(bulk(data, clips));
                        } catch (IOException e) {
                            bulk.completeExceptionally(e);
                        }
                    });
            long before = videos(data);
            assertBusy(() -> assertTrue(videos(data) > before), 2, TimeUnit.MINUTES);
            inference.process().destroyForcibly();
            inference.process().onExit().get();
            int failed = 0;
            for (JsonElement each : bulk.get().getAsJsonArray("items")) {
                JsonObject item = each.getAsJsonObject().getAsJsonObject("index");
                if (item.has("error")) {
                    failed++;
                    assertEquals(item.toString(), 503, item.get("status").getAsInt());
                }
            }
            assertTrue("the bulk was over before the node died", failed > 0);
        } finally {
            thread.shutdown();
        }
        data.requireAlive();
        Answer whole =
                call(
                        data.uri(),
                        "POST",
                        "/videos/_count",
                        """
                        {"query": {"bool": {"must": [{"exists": {"field": "vidvec.embedding"}},
                          {"exists": {"field": "vidvec.model.fingerprint"}},
                          {"exists": {"field": "vidvec.media.sha256"}}]}}}
                        """);
        Answer all = call(data.uri(), "GET", "/videos/_count", null);
        assertEquals(
                all.body(),
                all.json().getAsJsonObject().get("count"),
                whole.json().getAsJsonObject().get("count"));
    }

    public void testANodeWithoutNativesServesPlainVectorsAndSaysWhatIsMissing() throws Exception {
        NodeHome home = NodeFixture.home("bare");
        FileTrees.delete(home.folder().resolve("plugins").resolve("vidvec").resolve("native"));
        NodeOptions options = NodeOptions.single("bare", Ports.free(), Map.of());
        try (EmbeddedNode bare = EmbeddedNode.start(home, options, PATIENCE)) {
            ok(
                    bare,
                    "PUT",
                    "/plain",
                    """
                    {"mappings": {"properties": {"v": {"type": "dense_vector", "dims": 3}}}}
                    """);
            ok(bare, "POST", "/plain/_doc/1?refresh=true", "{\"v\": [1, 2, 3]}");
            String found =
                    ok(
                                    bare,
                                    "POST",
                                    "/plain/_search",
                                    """
                                    {"knn": {"field": "v", "query_vector": [1, 2, 3], "k": 1}}
                                    """)
                            .toString();
            assertTrue(found, found.contains("\"_id\":\"1\""));
            Answer refused =
                    call(
                            bare.uri(),
                            "POST",
                            "/_vidvec/embed",
                            "{\"model_id\": \"tiny\", \"input\": \"a dog\"}");
            assertEquals(refused.body(), 503, refused.status());
            assertTrue(refused.body(), refused.body().contains("native"));
            bare.requireAlive();
        }
    }

    private static void createVideos(EmbeddedNode node) throws IOException {
        JsonElement mapping = ok(node, "GET", "/_vidvec/models/tiny/mapping", null);
        ok(
                node,
                "PUT",
                "/_ingest/pipeline/videos",
                """
                {"processors": [{"vidvec": {"model_id": "tiny", "field": "video",
                  "remove_binary": true}}]}
                """);
        ok(
                node,
                "PUT",
                "/videos",
                """
                {"settings": {"number_of_replicas": 0, "index.default_pipeline": "videos"},
                 "mappings": %s}
                """
                        .formatted(mapping));
    }

    private static List<Path> clips() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("vidvec.demo.dir")))) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().matches(".*\\.(mp4|mkv|webm|avi|ts)"))
                            .sorted()
                            .toList());
        }
    }

    private static JsonObject bulk(EmbeddedNode node, List<Path> clips) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path clip : clips) {
            lines.append("{\"index\": {}}\n{\"video\": \"")
                    .append(Base64.getEncoder().encodeToString(Files.readAllBytes(clip)))
                    .append("\"}\n");
        }
        return ok(node, "POST", "/videos/_bulk?refresh=true", lines.toString()).getAsJsonObject();
    }

    private static JsonElement search(EmbeddedNode node) throws IOException {
        return ok(
                node,
                "POST",
                "/videos/_search",
                """
                {"knn": {"field": "vidvec.embedding", "k": 3, "num_candidates": 10,
                   "query_vector_builder": {"vidvec": {"model_id": "tiny", "input": "a hand"}}},
                 "size": 3,
                 "rescore": {"window_size": 3, "vidvec": {"model_id": "tiny", "query": "a hand"}}}
                """);
    }

    private static long videos(EmbeddedNode node) throws IOException {
        JsonObject models =
                ok(node, "GET", "/_vidvec/stats", null).getAsJsonObject().getAsJsonObject("models");
        return models.getAsJsonObject("tiny").getAsJsonObject("embed").get("videos").getAsLong();
    }

    private static JsonElement ok(EmbeddedNode node, String method, String path, String body)
            throws IOException {
        Answer answer = call(node.uri(), method, path, body);
        assertTrue(answer.status() + ": " + answer.body(), answer.status() < 300);
        return answer.json();
    }

    /** Which of the natives are mapped into a node's process. */
    private static List<String> nativesIn(EmbeddedNode node) throws IOException {
        String maps = Files.readString(Path.of("/proc/" + node.process().pid() + "/maps"));
        assertTrue("these are the maps of a JVM", maps.contains("libjvm.so"));
        return NATIVES.stream().filter(maps::contains).toList();
    }
}
