package org.vidvec.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.elasticsearch.test.ESTestCase;
import org.junit.BeforeClass;

/**
 * Tests that talk HTTP to the shared real node of {@link NodeFixture}. Entitlements are enforced in
 * that node; this JVM is only a client.
 */
@ESTestCase.WithoutEntitlements
public abstract class HttpTestCase extends ESTestCase {

    private static URI node;

    @BeforeClass
    public static void startNode() throws Exception {
        node = NodeFixture.uri();
    }

    /** Talks to another node from here to the end of the class. */
    protected static void talkTo(URI other) {
        node = other;
    }

    /** Where the node answers, without a slash at the end. */
    protected static URI node() {
        return node;
    }

    /**
     * What the node answers.
     *
     * @param status HTTP status
     * @param body as it came
     */
    public record Answer(int status, String body) {

        /** The body as JSON. */
        public JsonElement json() {
            return JsonParser.parseString(body);
        }
    }

    /**
     * Sends a request.
     *
     * @param path with its query, beginning with a slash
     * @param body JSON, or lines of it for a bulk; null for none
     */
    protected static Answer call(String method, String path, String body) throws IOException {
        return call(node, method, path, body);
    }

    /** Sends a request to a node of the test's own. */
    protected static Answer call(URI node, String method, String path, String body)
            throws IOException {
        HttpRequest.BodyPublisher publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        String type = path.contains("_bulk") ? "application/x-ndjson" : "application/json";
        HttpRequest request =
                HttpRequest.newBuilder(node.resolve(path))
                        .header("Content-Type", type)
                        .method(method, publisher)
                        .build();
        // a client per request, closed at once: its threads must not outlive a test
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
