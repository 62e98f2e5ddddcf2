package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.search.TransportSearchAction;
import org.elasticsearch.action.support.ActionFilterChain;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.project.TestProjectResolvers;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.indices.TestIndexNameExpressionResolver;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.SearchResponseUtils;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.ClusterServiceUtils;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.ModelsAction;
import org.vidvec.action.ModelsAnswers;

/** Searches of one index on their way to the shards. */
public class VidvecSearchFilterTests extends ESTestCase {

    private static final String VECTOR =
            "{\"type\": \"dense_vector\", \"dims\": 2, \"meta\": {\"model_id\": \"mapped\"}}";
    private static final String KEYWORD = "{\"type\": \"keyword\"}";

    private TestThreadPool threads;
    private ClusterService cluster;
    private AnsweringClient client;
    // what the index holds, as the models have it: "f-" and their name
    private String stored = "f-mapped";

    @Before
    public void startThreads() {
        threads = new TestThreadPool(getTestName());
        cluster = ClusterServiceUtils.createClusterService(threads);
        client = new AnsweringClient(threads, this::answer);
    }

    @After
    public void stopThreads() {
        cluster.close();
        terminate(threads);
    }

    private ActionResponse answer(ActionRequest request) {
        return switch (request) {
            case EmbedAction.Request embed ->
                    new EmbedAction.Response(
                            new float[] {0.6f, 0.8f},
                            5,
                            ModelsAnswers.model(embed.modelId(), "f"),
                            null);
            case ModelsAction.Request models ->
                    ModelsAnswers.response(models.modelId(), "f-" + models.modelId());
            case SearchRequest search -> others(search);
            default -> throw new AssertionError(request);
        };
    }

    /** The one document, unless its fingerprint is the one that is asked to be left out. */
    private SearchResponse others(SearchRequest search) {
        SearchHit[] hits = {};
        if (search.source().query().toString().contains("\"" + stored + "\"") == false) {
            SearchHit hit = SearchHit.unpooled(0, "1");
            hit.sourceRef(
                    new BytesArray(
                            "{\"v\": {\"model\": {\"id\": \"old\", \"fingerprint\": \"%s\"}}}"
                                    .formatted(stored)));
            hits = new SearchHit[] {hit};
        }
        SearchHits found = new SearchHits(hits, null, 1);
        try {
            return SearchResponseUtils.successfulResponse(found);
        } finally {
            // the response has a reference of its own
            found.decRef();
        }
    }

    private void index(String vectors) throws IOException {
        String mapping =
                """
                {"properties": {"v": {"properties": {"embedding": %s,
                  "moments": {"type": "nested", "properties": {"embedding": %s}},
                  "pages": {"type": "nested", "properties": {"embedding": %s}},
                  "model": {"properties": {"fingerprint": %s}}}}}}
                """
                        .formatted(vectors, vectors, vectors, KEYWORD);
        IndexMetadata index =
                IndexMetadata.builder("videos")
                        .settings(indexSettings(IndexVersion.current(), 1, 0))
                        .putMapping(mapping)
                        .build();
        ProjectMetadata project =
                ProjectMetadata.builder(ProjectId.DEFAULT).put(index, false).build();
        ClusterServiceUtils.setState(
                cluster, ClusterState.builder(cluster.state()).putProjectMetadata(project));
    }

    /** The search as the shards would get it. */
    private SearchRequest pass(String body) throws IOException {
        IndexMappings mappings =
                new IndexMappings(
                        cluster,
                        TestProjectResolvers.DEFAULT_PROJECT_ONLY,
                        TestIndexNameExpressionResolver.newInstance());
        VidvecSearchFilter filter =
                new VidvecSearchFilter(
                        () -> client,
                        mappings,
                        new StoredFingerprints(() -> client, mappings),
                        SearchSources.PARSERS);
        SearchRequest search = new SearchRequest("videos").source(SearchSources.of(body));
        PlainActionFuture<SearchRequest> passed = new PlainActionFuture<>();
        ActionFilterChain<SearchRequest, SearchResponse> chain =
                (task, action, request, listener) -> passed.onResponse(request);
        filter.apply(
                new Task(1, "", TransportSearchAction.NAME, "", TaskId.EMPTY_TASK_ID, Map.of()),
                TransportSearchAction.NAME,
                search,
                ActionListener.<SearchResponse>wrap(
                        r -> fail("no shard was asked"), passed::onFailure),
                chain);
        return passed.actionGet();
    }

    private String refusal(String body) {
        return expectThrows(IllegalArgumentException.class, () -> pass(body)).getMessage();
    }

    private static String moments(String before, String options) {
        return "{%s \"ext\": {\"vidvec\": {\"moments\": {\"field\": \"v\", \"query\": \"a\" %s}}}}"
                .formatted(before, options);
    }

    /** Which model made the vector of the moments. */
    private String embedder(String before, String options) throws IOException {
        int asked = client.requests().size();
        VidvecSearchExt ext =
                (VidvecSearchExt) pass(moments(before, options)).source().ext().get(0);
        assertArrayEquals(new float[] {0.6f, 0.8f}, ext.vector(), 0);
        List<ActionRequest> since =
                client.requests().subList(asked, client.requests().size()).stream()
                        .filter(EmbedAction.Request.class::isInstance)
                        .toList();
        assertEquals(1, since.size());
        return ((EmbedAction.Request) since.get(0)).modelId();
    }

    private static final String RESCORE =
            "\"rescore\": {\"vidvec\": {\"model_id\": \"%s\", \"query\": \"a\"}},";
    private static final String RERANK =
            "\"retriever\": {\"vidvec_rerank\": {\"model_id\": \"%s\", \"query\": \"a\","
                    + " \"retriever\": {\"standard\": {\"query\": {\"match_all\": {}}}}}},";

    private static String knn(String field, String model) {
        return "\"knn\": {\"field\": \"%s\", \"k\": 1, \"query_vector_builder\": {\"vidvec\": {%s \"input\": \"a\"}}}"
                .formatted(field, model == null ? "" : "\"model_id\": \"" + model + "\",");
    }

    public void testMomentsAreEmbeddedByTheModelOfTheMapping() throws IOException {
        index(VECTOR);
        assertEquals("mapped", embedder("", ""));
        assertEquals("mapped", embedder(RERANK.formatted("judge"), ""));
        assertEquals("mapped", embedder(RESCORE.formatted("judge"), ""));
        stored = "f-named";
        assertEquals("named", embedder("", ", \"model_id\": \"named\""));
        assertEquals("named", embedder(knn("v.embedding", "named") + ",", ""));
    }

    public void testMomentsWithoutAModelInTheMapping() throws IOException {
        index("{\"type\": \"dense_vector\", \"dims\": 2}");
        stored = "f-judge";
        assertEquals("judge", embedder(RERANK.formatted("judge"), ""));
        assertEquals("judge", embedder(RESCORE.formatted("judge"), ""));
        assertThat(
                refusal(moments("", "")),
                containsString(
                        "[vidvec] requires [ext.vidvec.moments.model_id]: the model that embedded"
                                + " [v.moments]; the search itself names none, or several, and so"
                                + " does [meta.model_id] in the mapping of [v.moments.embedding]"));
    }

    public void testVectorsOfAnotherModelAreRefusedWhereverTheyAreAskedFor() throws IOException {
        index(VECTOR);
        stored = "f-old";
        String body = "{" + knn("v.embedding", null) + "}";
        String names =
                "holds vectors of model [old] with fingerprint [f-old], but the query's model"
                        + " [mapped] has [f-mapped]";
        for (String refused :
                List.of(
                        body,
                        "{\"query\": " + SearchSources.wrapped(body) + "}",
                        "{" + knn("v.moments.embedding", null) + "}",
                        "{" + knn("v.pages.embedding", null) + "}",
                        moments("", ""))) {
            assertThat(refused, refusal(refused), containsString(names));
        }
        assertTrue(
                "no vector is made in vain",
                client.requests().stream().noneMatch(EmbedAction.Request.class::isInstance));
        stored = "f-mapped";
        pass(body);
        pass(moments("", ""));
    }
}
