package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.Gson;
import java.nio.file.Files;
import java.util.Map;
import org.vidvec.media.HostileLocations;

/** Each hostile location is refused by a real node, wherever a request may hold one. */
public class LocationsIT extends HttpTestCase {

    private static final Gson JSON = new Gson();

    public void testEachIsRefused() throws Exception {
        call("PUT", "/_ingest/pipeline/locations", pipeline());
        call("PUT", "/locations", "{\"mappings\": {\"dynamic\": false}}");
        try (HostileLocations locations = new HostileLocations()) {
            for (String location : locations.all()) {
                for (String format : new String[] {"", ", \"format\": \"url\""}) {
                    String item =
                            "{\"type\": \"video\""
                                    + format
                                    + ", \"value\": "
                                    + quoted(location)
                                    + "}";
                    refused(locations, "POST", "/_vidvec/embed", embed(item));
                    refused(locations, "POST", "/locations/_search", search(item));
                }
                refused(
                        locations,
                        "PUT",
                        "/locations/_doc/1?pipeline=locations",
                        "{\"video\": " + quoted(location) + "}");
            }
            assertFalse("a connection", locations.reached());
            assertNull(locations.leakIn(Files.readString(NodeFixture.log())));
        } finally {
            call("DELETE", "/locations", null);
            call("DELETE", "/_ingest/pipeline/locations", null);
        }
    }

    private static void refused(HostileLocations locations, String method, String path, String body)
            throws Exception {
        Answer answer = call(method, path, body);
        assertEquals(body + " -> " + answer.body(), 400, answer.status());
        assertThat(answer.body(), containsString("\"reason\""));
        assertNull(body, locations.leakIn(answer.body()));
    }

    private static String embed(String item) {
        return "{\"model_id\": \"tiny\", \"input\": [" + item + "]}";
    }

    private static String search(String item) {
        return "{\"knn\": {\"field\": \"v\", \"k\": 1, \"num_candidates\": 1,"
                + " \"query_vector_builder\": {\"vidvec\": {\"model_id\": \"tiny\", \"input\": "
                + item
                + "}}}}";
    }

    private static String pipeline() {
        return JSON.toJson(
                Map.of(
                        "processors",
                        new Object[] {
                            Map.of("vidvec", Map.of("model_id", "tiny", "field", "video"))
                        }));
    }

    private static String quoted(String text) {
        return JSON.toJson(text);
    }
}
