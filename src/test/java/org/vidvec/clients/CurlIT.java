package org.vidvec.clients;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the demo's requests, sent by curl as the demo prints them. */
public class CurlIT extends ClientTestCase {

    private static JsonObject curl(String method, String path, Path body) throws IOException {
        String type = path.contains("_bulk") ? "application/x-ndjson" : "application/json";
        CommandLine.Outcome outcome =
                CommandLine.run(
                        PROJECT,
                        List.of(
                                "curl",
                                "--silent",
                                "--show-error",
                                "--fail-with-body",
                                "--request",
                                method,
                                node() + path,
                                "--header",
                                "Content-Type: " + type,
                                "--data-binary",
                                "@" + body));
        assertEquals(outcome.output(), 0, outcome.status());
        return JsonParser.parseString(outcome.output()).getAsJsonObject();
    }

    private static JsonArray search(String name) throws IOException {
        return curl("POST", "/" + INDEX + "/_search", requestFile(name))
                .getAsJsonObject("hits")
                .getAsJsonArray("hits");
    }

    public void testDemoRequests() throws IOException {
        assumeTrue(
                "there is no curl on this machine: the demo's requests are not tested with it",
                CommandLine.exists("curl"));
        curl("PUT", "/_ingest/pipeline/" + INDEX, requestFile("pipeline"));
        curl("PUT", "/" + INDEX, requestFile("index"));
        Path bulk = createTempFile("bulk", ".ndjson");
        Files.writeString(bulk, bulk());
        JsonObject ingested = curl("POST", "/" + INDEX + "/_bulk?refresh=true", bulk);
        assertFalse(ingested.toString(), ingested.get("errors").getAsBoolean());
        assertEquals(CLIPS.size(), search("search").size());
        JsonArray reranked = search("rescore");
        assertEquals(CLIPS.size(), reranked.size());
        double best = reranked.get(0).getAsJsonObject().get("_score").getAsDouble();
        assertTrue("P(Yes): " + best, best > 0 && best <= 1);
    }
}
