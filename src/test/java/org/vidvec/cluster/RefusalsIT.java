package org.vidvec.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.plugins.Plugin;

/** Rows of api.md D.11 that need more than one node's HTTP: rights and the circuit breaker. */
public class RefusalsIT extends ClusterTestCase {

    private static final String TEXT = "{\"model_id\": \"tiny\", \"input\": \"a frog\"}";

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(RightsPlugin.class);
        return plugins;
    }

    private static String rescore(String options) {
        return """
               {"query": {"match_all": {}}, "rescore": {"window_size": 10, "vidvec":
                 {"model_id": "tiny", "query": "a frog" %s}}}
               """
                .formatted(options);
    }

    private static String retriever() {
        return """
               {"retriever": {"vidvec_rerank": {"model_id": "tiny", "query": "a frog",
                 "allow_rerank_failures": true,
                 "retriever": {"standard": {"query": {"match_all": {}}}}}}}
               """;
    }

    /** Row "privilege missing": 403 from the action's name, wherever a request needs a model. */
    public void testWithoutAPrivilegeItIsA403ThatNamesTheAction() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(Settings.EMPTY);
        createVideos(data, "");
        Path clip = Clips.demo().get(0);
        assertEquals(List.of(), Answers.failed(bulk(data, inline(List.of(clip)))));
        String search = "/" + VIDEOS + "/_search";
        String all = "cluster:monitor/vidvec/";
        Answer plain = callWithout(all, data, "POST", search, "{\"query\": {\"match_all\": {}}}");
        assertEquals(plain.body(), 200, plain.status());
        Map<String, String> searches =
                Map.of(
                        "embed",
                        "{" + knn("a frog", 1) + "}",
                        "match",
                        rescore(", \"allow_rerank_failures\": true"));
        for (String action : searches.keySet()) {
            String body = searches.get(action);
            requireForbidden(callWithout(all + action, data, "POST", search, body), all + action);
        }
        requireForbidden(
                callWithout(all + "match", data, "POST", search, retriever()), all + "match");
        Map<String, String> endpoints =
                Map.of("embed", "embed", "caption", "generate", "models", "models/get");
        for (String endpoint : endpoints.keySet()) {
            boolean reads = endpoint.equals("models");
            Answer answer =
                    callWithout(
                            all,
                            data,
                            reads ? "GET" : "POST",
                            "/_vidvec/" + endpoint,
                            reads ? null : TEXT);
            requireForbidden(answer, all + endpoints.get(endpoint));
        }
        Answer bulk =
                callWithout(
                        all,
                        data,
                        "POST",
                        "/" + VIDEOS + "/_bulk?refresh=true",
                        inline(List.of(Clips.demo().get(1))));
        JsonObject item = Answers.failed(bulk.json()).get(0);
        assertEquals(403, Answers.number(item, "status"));
        assertEquals("security_exception", Answers.text(item, "error.type"));
        assertEquals(1, wholeDocuments(data).size());
    }

    /** A stored document as a query is read with the rights of who searches. */
    public void testALookupIsReadWithTheUsersRights() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(Settings.EMPTY);
        createVideos(data, "");
        Path clip = Clips.demo().get(0);
        bulk(data, inline(List.of(clip)));
        String lookup =
                knn("a frog", 1)
                        .replace(
                                "\"a frog\"",
                                "{\"type\": \"lookup\", \"index\": \"videos\", \"path\": \"vidvec\","
                                        + " \"id\": \""
                                        + Clips.id(clip)
                                        + "\"}");
        String get = "indices:data/read/get";
        String search = "/" + VIDEOS + "/_search";
        requireForbidden(callWithout(get, data, "POST", search, "{" + lookup + "}"), get);
        assertEquals(
                "its source is left out", 0, Answers.ids(search(data, "{" + lookup + "}")).size());
    }

    private static void requireForbidden(Answer answer, String action) {
        assertEquals(answer.body(), 403, answer.status());
        assertTrue(answer.body(), answer.body().contains("\"security_exception\""));
        String name = "action [" + action + "]";
        assertTrue(name + " in " + answer.body(), answer.body().contains(name));
    }

    /** Row "breaker": 429 with bytes, seen from another node, and only while it is full. */
    public void testAFullBreakerIsA429WithBytes() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        String inference = startInferenceNode(Settings.EMPTY);
        String clip =
                TEXT.replace(
                        "\"a frog\"",
                        "{\"type\": \"video\", \"value\": \""
                                + Clips.base64(Clips.demo().get(0))
                                + "\"}");
        ok(data, "POST", "/_vidvec/embed", clip);
        CircuitBreaker breaker =
                internalCluster()
                        .getInstance(CircuitBreakerService.class, inference)
                        .getBreaker("vidvec");
        assertEquals("given back", 0, breaker.getUsed());
        ok(
                data,
                "PUT",
                "/_cluster/settings",
                "{\"persistent\": {\"breaker.vidvec\": {\"limit\": \"64mb\", \"overhead\": 1}}}");
        assertEquals("it changes while the node runs", 64L << 20, breaker.getLimit());
        long others = (64L << 20) - 100;
        breaker.addEstimateBytesAndMaybeBreak(others, "others");
        Answer full = call(data, "POST", "/_vidvec/embed", clip);
        assertEquals(full.body(), 429, full.status());
        JsonElement error = Answers.at(full.json(), "error");
        assertEquals("circuit_breaking_exception", Answers.text(error, "type"));
        assertEquals(64L << 20, Answers.number(error, "bytes_limit"));
        assertTrue(error.toString(), Answers.number(error, "bytes_wanted") > 64L << 20);
        assertEquals("TRANSIENT", Answers.text(error, "durability"));
        ok(data, "POST", "/_vidvec/embed", TEXT);
        JsonElement nodes = Answers.at(ok(data, "GET", "/_nodes/stats/breaker", null), "nodes");
        long tripped = 0;
        for (Map.Entry<String, JsonElement> node : nodes.getAsJsonObject().entrySet()) {
            tripped += Answers.number(node.getValue(), "breakers.vidvec.tripped");
        }
        assertEquals(1, tripped);
        breaker.addWithoutBreaking(-others);
        ok(data, "POST", "/_vidvec/embed", clip);
        assertEquals("given back", 0, breaker.getUsed());
        ok(data, "PUT", "/_cluster/settings", "{\"persistent\": {\"breaker.vidvec.*\": null}}");
    }
}
