package org.vidvec.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.ConstantScoreQueryBuilder;
import org.elasticsearch.index.query.DisMaxQueryBuilder;
import org.elasticsearch.index.query.NestedQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.index.query.functionscore.FunctionScoreQueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.search.retriever.RetrieverBuilder;
import org.elasticsearch.search.vectors.KnnSearchBuilder;
import org.elasticsearch.search.vectors.KnnVectorQueryBuilder;
import org.elasticsearch.search.vectors.QueryVectorBuilder;
import org.elasticsearch.xcontent.DeprecationHandler;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.elasticsearch.xcontent.support.MapXContentParser;

/** The query vectors that a search has made by a model, wherever they stand. */
final class VidvecClauses {

    /**
     * One of them.
     *
     * @param field that is searched
     * @param builder makes it
     */
    record Clause(String field, VidvecQueryVectorBuilder builder) {

        /** What it is made of. */
        QuerySpec spec() {
            return builder.spec();
        }
    }

    /** What a query without a model is told. */
    static final String NO_MODEL =
            "the id of a model; only [knn] sections and queries, not retrievers, may leave it to the"
                    + " field's [meta.model_id] in the mapping";

    private final List<Clause> found = new ArrayList<>();

    private VidvecClauses() {}

    /**
     * Finds them, and has each leave out the documents that are its sources.
     *
     * @param source of the search; its filters are changed
     */
    static List<Clause> prepare(SearchSourceBuilder source) {
        VidvecClauses clauses = new VidvecClauses();
        for (KnnSearchBuilder knn : source.knnSearch()) {
            List<Lookup> sources = clauses.note(knn.getField(), knn.getQueryVectorBuilder());
            sources.forEach(lookup -> knn.addFilterQuery(without(lookup)));
        }
        clauses.walk(source.query());
        if (source.retriever() != null) {
            clauses.walk(source.retriever());
        }
        return clauses.found;
    }

    /** The model that a search names, if it names one only; null otherwise. */
    static String model(List<Clause> clauses, SearchSourceBuilder source) {
        List<String> models = new ArrayList<>();
        clauses.forEach(clause -> models.add(clause.spec().modelId()));
        if (source.rescores() != null) {
            for (RescorerBuilder<?> rescore : source.rescores()) {
                if (rescore instanceof VidvecRescorerBuilder own) {
                    models.add(own.spec().modelId());
                }
            }
        }
        List<String> distinct = models.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.get(0) : null;
    }

    private List<Lookup> note(String field, QueryVectorBuilder builder) {
        if (builder instanceof VidvecQueryVectorBuilder own) {
            found.add(new Clause(field, own));
            return own.spec().excluded();
        }
        return List.of();
    }

    private void walk(QueryBuilder query) {
        switch (query) {
            case null -> {}
            case KnnVectorQueryBuilder knn ->
                    note(knn.getFieldName(), knn.queryVectorBuilder())
                            .forEach(lookup -> knn.addFilterQuery(without(lookup)));
            case BoolQueryBuilder bool -> {
                bool.must().forEach(this::walk);
                bool.should().forEach(this::walk);
                bool.filter().forEach(this::walk);
            }
            case NestedQueryBuilder nested -> walk(nested.query());
            case ConstantScoreQueryBuilder constant -> walk(constant.innerQuery());
            case FunctionScoreQueryBuilder function -> walk(function.query());
            case DisMaxQueryBuilder most -> most.innerQueries().forEach(this::walk);
            default -> {}
        }
    }

    /** Retrievers do not tell what they hold, but for their JSON. */
    private void walk(RetrieverBuilder retriever) {
        Map<String, Object> json =
                XContentHelper.convertToMap(
                        JsonXContent.jsonXContent, Strings.toString(retriever), false);
        int before = found.size();
        walk(json);
        for (Clause clause : found.subList(before, found.size())) {
            // the retriever keeps its builder to itself: this one is a copy
            Requirements.require("model_id", NO_MODEL, clause.spec().modelId());
            clause.spec()
                    .excluded()
                    .forEach(lookup -> retriever.getPreFilterQueryBuilders().add(without(lookup)));
        }
    }

    private void walk(Object json) {
        if (json instanceof List<?> list) {
            list.forEach(this::walk);
        } else if (json instanceof Map<?, ?> map) {
            if (map.get("query_vector_builder") instanceof Map<?, ?> builder) {
                note((String) map.get("field"), parse(builder));
            }
            map.values().forEach(this::walk);
        }
    }

    /** Null if it is none of ours. */
    @SuppressWarnings("unchecked")
    private static VidvecQueryVectorBuilder parse(Map<?, ?> builder) {
        // queries write the builder's name around it, the knn retriever does not
        Object json = builder.get(VidvecQueryVectorBuilder.NAME);
        if (json == null && builder.containsKey(VidvecQueryVectorBuilder.EXCLUDE_SOURCE)) {
            json = builder;
        }
        if (json == null) {
            return null;
        }
        try (XContentParser parser =
                new MapXContentParser(
                        NamedXContentRegistry.EMPTY,
                        DeprecationHandler.THROW_UNSUPPORTED_OPERATION,
                        (Map<String, Object>) json,
                        XContentType.JSON)) {
            return VidvecQueryVectorBuilder.fromXContent(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static QueryBuilder without(Lookup lookup) {
        return QueryBuilders.boolQuery()
                .mustNot(
                        QueryBuilders.boolQuery()
                                .filter(QueryBuilders.idsQuery().addIds(lookup.id()))
                                .filter(QueryBuilders.termQuery("_index", lookup.index())));
    }
}
