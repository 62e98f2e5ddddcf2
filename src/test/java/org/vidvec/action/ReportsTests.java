package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.elasticsearch.cluster.node.DiscoveryNodeUtils;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.Table;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.inference.InferenceStats;
import org.vidvec.model.PrefixStats;

/** What the endpoints answer. */
public class ReportsTests extends ESTestCase {

    public void testStatsOverTheWire() throws IOException {
        InferenceStats stats = WireSamples.stats();
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            StatsWire.write(out, stats);
            assertEquals(stats, StatsWire.read(out.bytes().streamInput()));
        }
    }

    public void testNodeAnswerOverTheWire() throws IOException {
        EmbedAction.Response response = WireSamples.embedResponse();
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            new NodeAnswer<>(response, 7).writeTo(out);
            NodeAnswer<EmbedAction.Response> read =
                    new NodeAnswer<>(out.bytes().streamInput(), EmbedAction.Response::new);
            assertEquals(response, read.response());
            assertEquals(7, read.queued());
        }
    }

    public void testStatsTellWhyModelsFailed() throws IOException {
        InferenceStats.Time time = new InferenceStats.Time(2, 100, 7, 10, 20);
        Map<String, Object> report =
                json(
                        new StatsReport(
                                List.of(
                                        node("failed", time),
                                        node("loaded", time),
                                        node("failed", time))));
        assertEquals(
                List.of("no config.json"), at(report, "models", "tiny", "deployment", "reasons"));
    }

    public void testStatsAreSummedOverNodes() throws IOException {
        InferenceStats.Time fast = new InferenceStats.Time(2, 100, 7, 10, 20);
        InferenceStats.Time slow = new InferenceStats.Time(3, 200, 7, 15, 90);
        Map<String, Object> report =
                json(new StatsReport(List.of(node("loaded", fast), node("loading", slow))));
        assertEquals(
                Map.of("loaded", 1, "loading", 1),
                at(report, "models", "tiny", "deployment", "nodes_by_state"));
        assertEquals(20, at(report, "models", "tiny", "deployment", "memory_in_bytes"));
        assertEquals("loaded", at(report, "models", "tiny", "deployment", "state"));
        assertEquals("cuda:0", at(report, "models", "tiny", "deployment", "device"));
        assertEquals("bfloat16", at(report, "models", "tiny", "deployment", "dtype"));
        assertEquals("sha256:1", at(report, "models", "tiny", "deployment", "fingerprint"));
        assertEquals(3, at(report, "models", "tiny", "queue", "size"));
        // 90 tokens for 4 videos; the texts about other things do not count
        assertEquals(22.5, at(report, "models", "tiny", "generate", "mean_tokens_per_video"));
        assertEquals(
                Map.ofEntries(
                        Map.entry("videos", 2),
                        Map.entry("images", 4),
                        Map.entry("texts", 6),
                        Map.entry("moments", 12),
                        Map.entry("batches", 5),
                        Map.entry("time_ms", 300),
                        Map.entry("calls", 14),
                        Map.entry("p50_ms", 15.0),
                        Map.entry("p99_ms", 90.0),
                        Map.entry("failed", 8),
                        Map.entry("rejected", 10)),
                at(report, "models", "tiny", "embed"));
        assertEquals(
                Map.of(
                        "pairs",
                        2,
                        "batches",
                        5,
                        "time_ms",
                        300,
                        "calls",
                        14,
                        "p50_ms",
                        15.0,
                        "p99_ms",
                        90.0,
                        "failed",
                        4,
                        "rejected",
                        6),
                at(report, "models", "tiny", "rerank"));
        assertEquals(
                Map.of(
                        "size",
                        2,
                        "capacity",
                        20,
                        "input_in_bytes",
                        4,
                        "frames_in_bytes",
                        6,
                        "wait_ms_p99",
                        4.0),
                at(report, "queue"));
        assertEquals(
                Map.of("query_hits", 2, "query_misses", 4, "evictions", 6, "size_in_bytes", 8),
                at(report, "cache"));
        assertEquals(
                Map.of("entries", 2, "size_in_bytes", 4, "hits", 6, "misses", 8, "evictions", 10),
                at(report, "prefixes"));
        assertEquals(
                Map.of(
                        "files",
                        2,
                        "seconds",
                        3.0,
                        "frames",
                        4,
                        "time_ms",
                        6,
                        "failed",
                        8,
                        "by_reason",
                        Map.of("corrupt", 2)),
                at(report, "decode"));
    }

    public void testTheStateOfAModelThatNoNodeHas() throws IOException {
        InferenceStats.Time none = new InferenceStats.Time(0, 0, 0, 0, 0);
        Map<String, Object> report =
                json(new StatsReport(List.of(node("failed", none), node("not_loaded", none))));
        assertEquals("failed", at(report, "models", "tiny", "deployment", "state"));
        assertEquals("", at(report, "models", "tiny", "deployment", "device"));
    }

    /** As the host prints it, of two nodes that come in the wrong order. */
    public void testCat() {
        InferenceStats.Time time = new InferenceStats.Time(2, 100, 7, 10, 20);
        List<StatsAction.NodeStats> nodes = new ArrayList<>();
        for (String name : List.of("b", "a")) {
            nodes.add(
                    new StatsAction.NodeStats(
                            DiscoveryNodeUtils.builder(name).name(name).build(),
                            node(name.equals("a") ? "loaded" : "failed", time)));
        }
        RestCatAction cat = new RestCatAction();
        Table table = RestCatAction.fill(cat.getTableWithHeader(null), nodes);
        List<String> names = table.getHeaders().stream().map(c -> (String) c.value).toList();
        assertEquals(
                List.of(
                        "id",
                        "node",
                        "state",
                        "device",
                        "dtype",
                        "memory",
                        "queue",
                        "calls",
                        "failed",
                        "rejected",
                        "time",
                        "fingerprint",
                        "reason"),
                names);
        assertEquals(
                List.of(
                        // calls: 7 each of embed, match and write; failed 4 + 2 + 3
                        "tiny a loaded cuda:0 bfloat16 10b 3 21 9 12 300 sha256:1 null",
                        "tiny b failed   10b 0 21 9 12 300  no config.json"),
                table.getRows().stream()
                        .map(
                                row ->
                                        row.stream()
                                                .map(cell -> String.valueOf(cell.value))
                                                .collect(Collectors.joining(" ")))
                        .toList());
    }

    public void testMapping() throws IOException {
        Map<String, Object> mapping = json(new ModelMapping("tiny", 1024));
        assertEquals(
                Map.of(
                        "type",
                        "dense_vector",
                        "dims",
                        1024,
                        "similarity",
                        "cosine",
                        "meta",
                        Map.of("model_id", "tiny"),
                        "index_options",
                        Map.of("type", "bbq_hnsw")),
                at(mapping, "properties", "vidvec", "properties", "embedding"));
        assertEquals(
                "nested", at(mapping, "properties", "vidvec", "properties", "moments", "type"));
        assertEquals(
                at(mapping, "properties", "vidvec", "properties", "embedding"),
                at(
                        mapping,
                        "properties",
                        "vidvec",
                        "properties",
                        "moments",
                        "properties",
                        "embedding"));
        assertEquals(
                Map.of("type", "binary"),
                at(mapping, "properties", "vidvec", "properties", "frames"));
        assertEquals(
                "int8_hnsw",
                at(
                        json(new ModelMapping("tiny", 32)),
                        "properties",
                        "vidvec",
                        "properties",
                        "embedding",
                        "index_options",
                        "type"));
    }

    public void testMappingOfAnUnusableModel() {
        Exception e =
                expectThrows(
                        Exception.class,
                        () ->
                                ModelMapping.of(
                                        List.of(
                                                new ModelsAction.Model(
                                                        "tiny", null, "no weights", List.of()))));
        assertEquals("model [tiny] is unusable: no weights", e.getMessage());
    }

    public void testEmbedding() throws IOException {
        MediaFacts facts = WireSamples.facts();
        ModelSummary model = WireSamples.model();
        Map<String, Object> report =
                json(new EmbedAction.Response(new float[] {0.5f, 0.25f}, 11, model, facts));
        assertEquals(List.of(Map.of("embedding", List.of(0.5, 0.25))), report.get("embeddings"));
        assertEquals(model.info().id(), report.get("model_id"));
        assertEquals(model.fingerprint(), report.get("fingerprint"));
        assertEquals(11, report.get("tokens"));
        assertEquals(facts.info().codec(), at(report, "media", "codec"));
        assertFalse("frames stay out", Strings.toString(facts).contains("strip"));
    }

    public void testModels() throws IOException {
        ModelsAction.Response response =
                ModelsAnswers.response("tiny", "sha256:a", null, "sha256:a");
        List<?> models = (List<?>) json(response).get("models");
        assertEquals(2, models.size());
        Map<?, ?> broken = (Map<?, ?>) models.get(0);
        Map<?, ?> usable = (Map<?, ?>) models.get(1);
        if (broken.containsKey("error") == false) {
            Map<?, ?> swap = broken;
            broken = usable;
            usable = swap;
        }
        assertEquals(
                Map.of("model_id", "tiny", "error", "no config.json", "nodes", List.of("node1")),
                broken);
        assertEquals(List.of("node0", "node2"), usable.get("nodes"));
        assertEquals("sha256:a", usable.get("fingerprint"));
    }

    private static InferenceStats node(String state, InferenceStats.Time time) {
        InferenceStats.Held held = new InferenceStats.Held("sha256:1", "cuda:0", "bfloat16", 3);
        return new InferenceStats(
                Map.of(
                        "tiny",
                        new InferenceStats.Model(
                                state,
                                state.equals("failed") ? "no config.json" : null,
                                10,
                                state.equals("loaded") ? held : InferenceStats.Held.NOTHING,
                                new InferenceStats.Embed(1, 2, 3, 6, 4, 5, time),
                                new InferenceStats.Match(1, 2, 3, time),
                                new InferenceStats.Write(4, 50, 2, 45, 3, 4, time))),
                new InferenceStats.Queue(1, 10, 2, 3, 4),
                new InferenceStats.Cache(1, 2, 3, 4),
                new PrefixStats(1, 2, 3, 4, 5),
                new InferenceStats.Decode(1, 1.5, 2, 3, 4, Map.of("corrupt", 1L)));
    }

    private static Map<String, Object> json(ToXContent content) throws IOException {
        try (XContentBuilder builder = JsonXContent.contentBuilder()) {
            if (content.isFragment()) {
                builder.startObject();
            }
            content.toXContent(builder, ToXContent.EMPTY_PARAMS);
            if (content.isFragment()) {
                builder.endObject();
            }
            return XContentHelper.convertToMap(
                            BytesReference.bytes(builder), false, XContentType.JSON)
                    .v2();
        }
    }

    private static Object at(Map<String, Object> json, String... path) {
        Object value = json;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return value;
    }
}
