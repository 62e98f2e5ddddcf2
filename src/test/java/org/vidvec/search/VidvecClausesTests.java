package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.AbstractQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.index.query.WrapperQueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.internal.MaxClauseCountQueryVisitor;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentBuilder;

/** Query vectors are found wherever the host takes a query. */
public class VidvecClausesTests extends ESTestCase {

    private static final String LOOKUP =
            "{\"type\": \"lookup\", \"index\": \"i\", \"id\": \"src\", \"path\": \"vidvec\"}";

    /** The same filter as that of the [knn] section, in JSON. */
    private static final String LEFT_OUT = "{\"ids\":{\"values\":[\"src\"],\"boost\":1.0}}";

    private static String knn(String options) {
        return "{\"knn\": {\"field\": \"v.embedding\", \"k\": 2, \"query_vector_builder\":"
                + " {\"vidvec\": {"
                + options
                + "}}}}";
    }

    private static String named() {
        return knn("\"model_id\": \"m\", \"input\": " + LOOKUP);
    }

    /** Queries whose hits are those of the query that they hold; it stands where %s is. */
    private static final Map<String, String> HOLDING =
            Map.of(
                    "plain", "%s",
                    "must", "{\"bool\": {\"must\": %s}}",
                    "should", "{\"bool\": {\"should\": [%s]}}",
                    "filter", "{\"bool\": {\"filter\": %s}}",
                    "dis_max", "{\"dis_max\": {\"queries\": [%s], \"tie_breaker\": 0.5}}",
                    "nested",
                            "{\"nested\": {\"path\": \"v.moments\", \"query\": %s, \"score_mode\":"
                                    + " \"max\", \"ignore_unmapped\": true, \"inner_hits\":"
                                    + " {\"size\": 7}}}",
                    "constant_score",
                            "{\"constant_score\": {\"filter\": %s, \"boost\": 3.5, \"_name\": \"a\"}}",
                    "function_score",
                            "{\"function_score\": {\"query\": %s, \"boost_mode\": \"sum\","
                                    + " \"score_mode\": \"max\", \"max_boost\": 9, \"min_score\":"
                                    + " 0.25, \"functions\": [{\"weight\": 2}]}}",
                    "boosting",
                            "{\"boosting\": {\"positive\": %s, \"negative\": {\"match_all\": {}},"
                                    + " \"negative_boost\": 0.25}}");

    /** Queries that leave out or move hits of the query that they hold. */
    private static final Map<String, String> AGAINST =
            Map.of(
                    "must_not", "{\"bool\": {\"must_not\": %s}}",
                    "negative",
                            "{\"boosting\": {\"positive\": {\"match_all\": {}}, \"negative\": %s,"
                                    + " \"negative_boost\": 0.25}}",
                    "functions",
                            "{\"function_score\": {\"functions\": [{\"filter\": %s, \"weight\":"
                                    + " 2}]}}");

    private static VidvecClauses prepare(SearchSourceBuilder source) {
        return VidvecClauses.prepare(source, new HeldQueries(SearchSources.PARSERS));
    }

    private static void assertFound(String where, String body) throws IOException {
        List<VidvecClauses.Clause> found = prepare(SearchSources.of(body)).found();
        assertEquals(where, 1, found.size());
        assertEquals(where, "v.embedding", found.get(0).field());
        assertEquals(where, "m", found.get(0).spec().modelId());
    }

    private static String query(String query) {
        return "{\"query\": " + query + "}";
    }

    public void testEveryQueryThatHoldsAnotherIsWalked() throws IOException {
        for (Map<String, String> holders : List.of(HOLDING, AGAINST)) {
            for (Map.Entry<String, String> holder : holders.entrySet()) {
                String where = holder.getKey();
                String bare = holder.getValue().formatted(named());
                assertFound(where, query(bare));
                assertFound(where + " in a wrapper", query(SearchSources.wrapped(bare)));
                String inside = holder.getValue().formatted(SearchSources.wrapped(named()));
                assertFound(where + " around a wrapper", query(inside));
                String twice = SearchSources.wrapped(SearchSources.wrapped(bare));
                assertFound(where + " in two wrappers", query(twice));
            }
        }
    }

    public void testEveryPlaceOfASearchIsWalked() throws IOException {
        for (String knn : List.of(named(), SearchSources.wrapped(named()))) {
            assertFound("post_filter", "{\"post_filter\": " + knn + "}");
            assertFound("rescore", "{\"rescore\": {\"query\": {\"rescore_query\": " + knn + "}}}");
            assertFound(
                    "script_score",
                    query(
                            "{\"script_score\": {\"query\": "
                                    + knn
                                    + ", \"script\": {\"source\": \"1\"}}}"));
            assertFound(
                    "filter of a section",
                    "{\"knn\": {\"field\": \"w\", \"query_vector\": [1], \"k\": 1, \"filter\": "
                            + knn
                            + "}}");
            assertFound(
                    "filter of a query",
                    query(
                            "{\"knn\": {\"field\": \"w\", \"query_vector\": [1], \"k\": 1,"
                                    + " \"filter\": "
                                    + knn
                                    + "}}"));
            assertFound(
                    "retriever",
                    "{\"retriever\": {\"standard\": {\"query\": {\"bool\": {\"must\": "
                            + knn
                            + "}}}}}");
        }
    }

    public void testTheSourceIsLeftOutOfHitsOnly() throws IOException {
        for (Map<String, String> holders : List.of(HOLDING, AGAINST)) {
            for (Map.Entry<String, String> holder : holders.entrySet()) {
                for (String knn : List.of(named(), SearchSources.wrapped(named()))) {
                    SearchSourceBuilder source =
                            SearchSources.of(query(holder.getValue().formatted(knn)));
                    prepare(source);
                    boolean left = Strings.toString(source).contains(LEFT_OUT);
                    assertEquals(holder.getKey(), holders == HOLDING, left);
                }
            }
        }
        SearchSourceBuilder source =
                SearchSources.of(
                        "{\"retriever\": {\"standard\": {\"query\": "
                                + SearchSources.wrapped(named())
                                + "}}}");
        prepare(source);
        assertThat(Strings.toString(source), containsString(LEFT_OUT));
    }

    /** What holds the wrapper keeps all that it says itself. */
    public void testAWrappedQueryIsToldItsModel() throws IOException {
        String unnamed = knn("\"input\": \"a dog\"");
        for (Map.Entry<String, String> holder : HOLDING.entrySet()) {
            SearchSourceBuilder wrapped =
                    SearchSources.of(
                            query(holder.getValue().formatted(SearchSources.wrapped(unnamed))));
            SearchSourceBuilder bare =
                    SearchSources.of(query(holder.getValue().formatted(unnamed)));
            for (SearchSourceBuilder source : List.of(wrapped, bare)) {
                prepare(source).found().forEach(clause -> clause.builder().embedBy("told"));
            }
            assertEquals(holder.getKey(), bare.query(), wrapped.query());
            assertThat(Strings.toString(wrapped), containsString("\"model_id\":\"told\""));
        }
    }

    public void testAWrapperKeepsItsBoostAndName() throws IOException {
        SearchSourceBuilder source = new SearchSourceBuilder();
        source.query(new WrapperQueryBuilder(named()).boost(2).queryName("w"));
        assertEquals("m", prepare(source).embedder());
        assertEquals("bool", source.query().getName());
        assertEquals(2, source.query().boost(), 0);
        assertEquals("w", source.query().queryName());
    }

    /** Where what is found is a copy, a model can't be put in. */
    public void testACopyMustNameItsModel() throws IOException {
        String unnamed = knn("\"input\": \"a dog\"");
        String script = "{\"script_score\": {\"query\": %s, \"script\": {\"source\": \"1\"}}}";
        assertEquals(1, prepare(SearchSources.of(query(script.formatted(unnamed)))).found().size());
        SearchSourceBuilder wrapped =
                SearchSources.of(query(script.formatted(SearchSources.wrapped(unnamed))));
        Exception e = expectThrows(IllegalArgumentException.class, () -> prepare(wrapped));
        assertThat(e.getMessage(), containsString("[vidvec] requires [model_id]"));
        SearchSourceBuilder retriever =
                SearchSources.of(
                        "{\"retriever\": {\"standard\": {\"query\": "
                                + SearchSources.wrapped(unnamed)
                                + "}}}");
        expectThrows(IllegalArgumentException.class, () -> prepare(retriever));
    }

    public void testOtherWrappersStayAsTheyAre() throws IOException {
        for (String held : List.of("{\"match_all\": {}}", "{\"nosuch\": {}}", "no query")) {
            SearchSourceBuilder source = SearchSources.of(query(SearchSources.wrapped(held)));
            QueryBuilder before = source.query();
            assertEquals(List.of(), prepare(source).found());
            assertSame(before, source.query());
        }
        SearchSourceBuilder retriever =
                SearchSources.of(
                        "{\"retriever\": {\"standard\": {\"query\": {\"match\": {\"wrapper\":"
                                + " {\"query\": \"a dog!\"}}}}}}");
        assertEquals(List.of(), prepare(retriever).found());
    }

    /** As a query of a module that this one can't see. */
    private static final class Pinned extends AbstractQueryBuilder<Pinned> {

        private final QueryBuilder organic;

        Pinned(QueryBuilder organic) {
            this.organic = organic;
        }

        @Override
        public String getWriteableName() {
            return "pinned";
        }

        @Override
        protected void doXContent(XContentBuilder builder, Params params) throws IOException {
            builder.startObject("pinned").field("organic", organic).endObject();
        }

        @Override
        protected void doWriteTo(StreamOutput out) {}

        @Override
        protected Query doToQuery(
                SearchExecutionContext context, MaxClauseCountQueryVisitor visitor) {
            return new MatchNoDocsQuery("nothing is searched here");
        }

        @Override
        protected boolean doEquals(Pinned other) {
            return organic.equals(other.organic);
        }

        @Override
        protected int doHashCode() {
            return organic.hashCode();
        }

        @Override
        public TransportVersion getMinimalSupportedVersion() {
            return TransportVersion.minimumCompatible();
        }
    }

    public void testAQueryOfAnotherModuleIsReadByItsJson() throws IOException {
        QueryBuilder knn = SearchSources.of(query(named())).query();
        SearchSourceBuilder source = new SearchSourceBuilder().query(new Pinned(knn));
        assertEquals("m", prepare(source).embedder());
    }

    public void testTheModelsOfASearch() throws IOException {
        VidvecClauses none = prepare(SearchSources.of(query("{\"match_all\": {}}")));
        assertNull(none.embedder());
        assertNull(none.judge());
        String rescore = ", \"rescore\": {\"vidvec\": {\"model_id\": \"j\", \"query\": \"a\"}}";
        VidvecClauses both = prepare(SearchSources.of("{\"query\": " + named() + rescore + "}"));
        assertEquals("m", both.embedder());
        assertEquals("j", both.judge());
        String rerank =
                "{\"vidvec_rerank\": {\"model_id\": \"%s\", \"query\": \"a\", \"retriever\": %s}}";
        String standard = "{\"standard\": {\"query\": {\"match_all\": {}}}}";
        VidvecClauses reranked =
                prepare(
                        SearchSources.of(
                                "{\"retriever\": " + rerank.formatted("r", standard) + "}"));
        assertNull(reranked.embedder());
        assertEquals("r", reranked.judge());
        VidvecClauses two =
                prepare(
                        SearchSources.of(
                                "{\"retriever\": "
                                        + rerank.formatted("r", rerank.formatted("s", standard))
                                        + "}"));
        assertNull("several", two.judge());
        VidvecClauses within =
                prepare(
                        SearchSources.of(
                                "{\"retriever\": {\"rescorer\": {\"rescore\": {\"window_size\":"
                                        + " 10, \"vidvec\": {\"model_id\": \"j\", \"query\":"
                                        + " \"a\"}}, \"retriever\": "
                                        + standard
                                        + "}}}"));
        assertEquals("j", within.judge());
        assertThat(
                Strings.toString(SearchSources.of(query(named()))), not(containsString(LEFT_OUT)));
    }
}
