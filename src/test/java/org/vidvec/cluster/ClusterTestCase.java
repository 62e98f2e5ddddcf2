package org.vidvec.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Cancellable;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.transport.netty4.Netty4Plugin;
import org.junit.After;
import org.vidvec.VidvecPlugin;

/**
 * Clusters of nodes in this JVM with real transport and HTTP, and entitlements enforced. Each test
 * starts the nodes that it needs; each has the demo's model.
 */
@ESTestCase.EntitledTestPackages({
    "org.apache.http",
    "org.elasticsearch.client",
    "org.elasticsearch.test",
    "org.vidvec.cluster"
})
@ESIntegTestCase.ClusterScope(
        scope = ESIntegTestCase.Scope.TEST,
        numDataNodes = 0,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public abstract class ClusterTestCase extends ESIntegTestCase {

    /** Index and pipeline. */
    protected static final String VIDEOS = "videos";

    private static final RequestOptions PATIENT =
            RequestOptions.DEFAULT.toBuilder()
                    .setRequestConfig(RequestConfig.custom().setSocketTimeout(300_000).build())
                    .build();

    private final Map<String, RestClient> clients = new HashMap<>();

    /**
     * What a node answers.
     *
     * @param status HTTP status
     * @param body as it came
     */
    protected record Answer(int status, String body) {

        /** The body as JSON. */
        JsonElement json() {
            return JsonParser.parseString(body);
        }
    }

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(VidvecPlugin.class, Netty4Plugin.class, FailureNotePlugin.class);
    }

    @Override
    protected boolean addMockHttpTransport() {
        return false;
    }

    @Override
    protected Path nodeConfigPath(int nodeOrdinal) {
        try {
            Path config = createTempDir();
            Path from = Path.of(System.getProperty("vidvec.project.dir"), "src", "test", "models");
            copy(from, config.resolve("vidvec").resolve("models"));
            return config;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Bulks stay whole: at random the framework has them cut into single documents. */
    @Override
    protected Settings nodeSettings(int nodeOrdinal, Settings otherSettings) {
        Settings.Builder settings =
                Settings.builder().put(super.nodeSettings(nodeOrdinal, otherSettings));
        settings.keys().removeIf(key -> key.startsWith("indexing_pressure.memory.split_bulk"));
        return settings.build();
    }

    protected static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Starts a node that holds data and ingests, but does not answer inference. */
    protected static String startDataNode(Settings more) {
        return internalCluster()
                .startNode(
                        Settings.builder()
                                .putList("node.roles", "master", "data", "ingest")
                                .put("vidvec.inference.enabled", false)
                                .put(more)
                                .build());
    }

    /** Starts a node that answers inference and nothing else. */
    protected static String startInferenceNode(Settings more) {
        return internalCluster()
                .startNode(
                        Settings.builder()
                                .putList("node.roles")
                                .put("vidvec.inference.enabled", true)
                                .put("vidvec.device", "cpu")
                                .put("vidvec.inference.threads_per_batch", 1)
                                .put(more)
                                .build());
    }

    @After
    public void closeClients() throws IOException {
        IOUtils.close(clients.values());
        clients.clear();
    }

    private RestClient http(String node) {
        return clients.computeIfAbsent(node, ESIntegTestCase::createRestClient);
    }

    private static Request request(String method, String path, String body) {
        Request request = new Request(method, path);
        request.setOptions(PATIENT);
        if (body != null) {
            request.setJsonEntity(body);
        }
        return request;
    }

    private static Answer answer(Response response) throws IOException {
        return new Answer(
                response.getStatusLine().getStatusCode(),
                EntityUtils.toString(response.getEntity()));
    }

    /** Sends a request to a node, whatever it answers. */
    protected Answer call(String node, String method, String path, String body) throws IOException {
        return call(node, request(method, path, body));
    }

    /** The same without the right to some actions, on nodes with {@link RightsPlugin}. */
    protected Answer callWithout(
            String actions, String node, String method, String path, String body)
            throws IOException {
        Request request = request(method, path, body);
        request.setOptions(PATIENT.toBuilder().addHeader(RightsPlugin.MAY_NOT, actions).build());
        return call(node, request);
    }

    private Answer call(String node, Request request) throws IOException {
        try {
            return answer(http(node).performRequest(request));
        } catch (ResponseException e) {
            return answer(e.getResponse());
        }
    }

    /** Sends a request that must succeed. */
    protected JsonElement ok(String node, String method, String path, String body)
            throws IOException {
        Answer answer = call(node, method, path, body);
        assertTrue(answer.status + ": " + answer.body, answer.status < 300);
        return answer.json();
    }

    /** Sends a request and does not wait for the answer. */
    protected CompletableFuture<JsonElement> begin(
            String node, String method, String path, String body) {
        CompletableFuture<JsonElement> future = new CompletableFuture<>();
        begin(node, request(method, path, body), future);
        return future;
    }

    /** The same; cancelling closes the connection. */
    protected Cancellable beginAndMayCancel(String node, String method, String path, String body) {
        return begin(node, request(method, path, body), new CompletableFuture<>());
    }

    private Cancellable begin(String node, Request request, CompletableFuture<JsonElement> future) {
        return http(node)
                .performRequestAsync(
                        request,
                        new ResponseListener() {
                            @Override
                            public void onSuccess(Response response) {
                                try {
                                    future.complete(answer(response).json());
                                } catch (IOException e) {
                                    future.completeExceptionally(e);
                                }
                            }

                            @Override
                            public void onFailure(Exception e) {
                                future.completeExceptionally(e);
                            }
                        });
    }

    /** Makes the pipeline, with more options of the processor, and the index for it. */
    protected void createVideos(String node, String options) throws IOException {
        ok(
                node,
                "PUT",
                "/_ingest/pipeline/" + VIDEOS,
                """
                {"processors": [{"vidvec": {"model_id": "tiny", "field": "video",
                  "remove_binary": true %s}}]}
                """
                        .formatted(options));
        createIndex(node);
    }

    /** Makes the index with the mapping that the plugin gives for the model. */
    protected void createIndex(String node) throws IOException {
        JsonElement mapping = ok(node, "GET", "/_vidvec/models/tiny/mapping", null);
        ok(
                node,
                "PUT",
                "/" + VIDEOS,
                """
                {"settings": {"number_of_shards": 1, "number_of_replicas": 0,
                              "index.default_pipeline": "videos"},
                 "mappings": %s}
                """
                        .formatted(mapping));
    }

    /** One document of a bulk, its id the clip's name. */
    protected static String line(Path clip, String video) {
        return """
               {"index": {"_id": "%s"}}
               {"title": "%s", "video": "%s"}
               """
                .formatted(Clips.id(clip), clip.getFileName(), video);
    }

    /** A bulk with the clips inside. */
    protected static String inline(List<Path> clips) throws IOException {
        StringBuilder bulk = new StringBuilder();
        for (Path clip : clips) {
            bulk.append(line(clip, Clips.base64(clip)));
        }
        return bulk.toString();
    }

    protected JsonElement bulk(String node, String body) throws IOException {
        return ok(node, "POST", "/" + VIDEOS + "/_bulk?refresh=true", body);
    }

    protected JsonElement search(String node, String body) throws IOException {
        return ok(node, "POST", "/" + VIDEOS + "/_search", body);
    }

    /** kNN by a text. */
    protected static String knn(String text, int k) {
        return """
               "knn": {"field": "vidvec.embedding", "k": %s, "num_candidates": 100,
                 "query_vector_builder": {"vidvec": {"model_id": "tiny", "input": "%s"}}}
               """
                // as text: the tests' locale may have digits of its own
                .formatted(Integer.toString(k), text);
    }

    /** Counters of all inference nodes together. */
    protected JsonElement stats(String node) throws IOException {
        return ok(node, "GET", "/_vidvec/stats", null);
    }

    /** Documents of the index, each whole: vector, frames and where they come from. */
    protected List<String> wholeDocuments(String node) throws IOException {
        JsonElement found =
                search(
                        node,
                        """
                        {"size": 100, "fields": ["vidvec.embedding"],
                         "_source": ["vidvec.model", "vidvec.media", "vidvec.frames", "video"]}
                        """);
        List<String> ids = new ArrayList<>();
        for (JsonElement hit : Answers.at(found, "hits.hits").getAsJsonArray()) {
            JsonObject source = hit.getAsJsonObject().getAsJsonObject("_source");
            assertTrue(Answers.text(source, "vidvec.model.fingerprint").startsWith("sha256:"));
            assertEquals(64, Answers.text(source, "vidvec.media.sha256").length());
            assertFalse(Answers.text(source, "vidvec.frames").isEmpty());
            assertFalse("the file itself is removed", source.has("video"));
            JsonObject fields = hit.getAsJsonObject().getAsJsonObject("fields");
            assertEquals(
                    Answers.number(source, "vidvec.model.dims"),
                    fields.getAsJsonArray("vidvec.embedding").size());
            ids.add(Answers.text(hit, "_id"));
        }
        return ids;
    }
}
