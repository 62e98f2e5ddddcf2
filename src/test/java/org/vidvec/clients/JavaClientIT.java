package org.vidvec.clients;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.After;
import org.junit.Before;

/**
 * The official Java client. Its typed classes have a place for foreign processors and rescorers
 * ({@code _custom}), but none for foreign query vector builders: a kNN search goes in a {@code
 * wrapper} query, or as JSON through the low-level client.
 */
public class JavaClientIT extends ClientTestCase {

    private ElasticsearchClient client;

    @Before
    public void connect() {
        client = ElasticsearchClient.of(config -> config.host(node().toString()));
    }

    @After
    public void disconnect() throws IOException {
        client.close();
    }

    private void ingest() throws IOException {
        StringReader pipeline = new StringReader(request("pipeline"));
        StringReader index = new StringReader(request("index"));
        client.ingest().putPipeline(p -> p.id(INDEX).withJson(pipeline));
        client.indices().create(c -> c.index(INDEX).withJson(index));
        BulkRequest.Builder bulk = new BulkRequest.Builder().index(INDEX).refresh(Refresh.True);
        for (String clip : CLIPS) {
            Map<String, String> document = Map.of("title", clip, "video", base64(clip));
            bulk.operations(o -> o.index(i -> i.id(clip).document(document)));
        }
        BulkResponse response = client.bulk(bulk.build());
        assertFalse(response.toString(), response.errors());
    }

    /** A kNN query of ours inside a query that the client knows. */
    private static String wrapped(String modelId, String input) {
        String knn =
                """
                {"knn": {"field": "vidvec.embedding", "query_vector_builder":
                  {"vidvec": {"model_id": "%s", "input": "%s"}}}}
                """
                        .formatted(modelId, input);
        return Base64.getEncoder().encodeToString(knn.getBytes(StandardCharsets.UTF_8));
    }

    public void testTypedIngestSearchAndRescore() throws IOException {
        ingest();
        String query = "a toy elf";
        Map<String, Object> rescore = Map.of("model_id", "tiny", "query", query);
        SearchResponse<JsonData> found =
                client.search(
                        s ->
                                s.index(INDEX)
                                        .query(q -> q.wrapper(w -> w.query(wrapped("tiny", query))))
                                        .rescore(r -> r.windowSize(10)._custom("vidvec", rescore)),
                        JsonData.class);
        assertEquals(CLIPS.size(), found.hits().hits().size());
        for (Hit<JsonData> hit : found.hits().hits()) {
            assertTrue("P(Yes): " + hit.score(), hit.score() > 0 && hit.score() <= 1);
            assertTrue(CLIPS.contains(hit.source().to(Map.class).get("title")));
        }
    }

    public void testErrorsAreTyped() {
        String knn = wrapped("nosuch", "a toy elf");
        ElasticsearchException e =
                expectThrows(
                        ElasticsearchException.class,
                        () ->
                                client.search(
                                        s -> s.query(q -> q.wrapper(w -> w.query(knn))),
                                        JsonData.class));
        assertEquals(404, e.status());
        assertEquals("resource_not_found_exception", e.error().type());
    }

    public void testJsonThroughTheLowLevelClient() throws IOException {
        ingest();
        try (Rest5Client low = Rest5Client.builder(node()).build()) {
            for (String name : new String[] {"search", "rescore"}) {
                Request request = new Request("POST", "/" + INDEX + "/_search");
                request.setJsonEntity(request(name));
                Response response = low.performRequest(request);
                String body =
                        new String(
                                response.getEntity().getContent().readAllBytes(),
                                StandardCharsets.UTF_8);
                JsonArray hits =
                        JsonParser.parseString(body)
                                .getAsJsonObject()
                                .getAsJsonObject("hits")
                                .getAsJsonArray("hits");
                assertEquals(body, CLIPS.size(), hits.size());
            }
        }
    }
}
