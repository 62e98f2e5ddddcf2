package org.vidvec.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.BoostingQueryBuilder;
import org.elasticsearch.index.query.ConstantScoreQueryBuilder;
import org.elasticsearch.index.query.DisMaxQueryBuilder;
import org.elasticsearch.index.query.NestedQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.index.query.WrapperQueryBuilder;
import org.elasticsearch.index.query.functionscore.FunctionScoreQueryBuilder;
import org.elasticsearch.index.query.functionscore.ScriptScoreQueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.QueryRescorerBuilder;
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

/** What a search has models make and judge, wherever it stands. */
final class VidvecClauses {

    /**
     * A query vector.
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

    /** Queries of the host's modules that hold others, known by their JSON only. */
    private static final Set<String> HOLDERS = Set.of("has_child", "has_parent", "pinned", "rule");

    private final HeldQueries held;
    private final List<Clause> found = new ArrayList<>();
    private final Set<String> judges = new TreeSet<>();

    private VidvecClauses(HeldQueries held) {
        this.held = held;
    }

    /**
     * Finds all of it, and has query vectors leave out the documents that are their sources.
     *
     * @param source of the search; its filters are changed, and wrapped queries with vectors of
     *     ours are unwrapped
     * @param held reads wrapped queries
     */
    static VidvecClauses prepare(SearchSourceBuilder source, HeldQueries held) {
        VidvecClauses clauses = new VidvecClauses(held);
        for (KnnSearchBuilder knn : source.knnSearch()) {
            List<Lookup> sources = clauses.note(knn.getField(), knn.getQueryVectorBuilder());
            knn.getFilterQueries().forEach(filter -> clauses.walkInPlace(filter, true));
            sources.forEach(lookup -> knn.addFilterQuery(without(lookup)));
        }
        QueryBuilder query = clauses.walk(source.query(), true);
        if (query != source.query()) {
            source.query(query);
        }
        QueryBuilder filter = clauses.walk(source.postFilter(), true);
        if (filter != source.postFilter()) {
            source.postFilter(filter);
        }
        if (source.rescores() != null) {
            source.rescores().forEach(clauses::walk);
        }
        if (source.retriever() != null) {
            clauses.walk(source.retriever());
        }
        return clauses;
    }

    /** The query vectors. */
    List<Clause> found() {
        return found;
    }

    /** The model that makes the query vectors, if it is one only; null otherwise. */
    String embedder() {
        return only(found.stream().map(clause -> clause.spec().modelId()).toList());
    }

    /** The model that judges hits, in rescores or retrievers, if it is one only; null otherwise. */
    String judge() {
        return only(judges);
    }

    private static String only(Collection<String> models) {
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

    /**
     * Walks a query.
     *
     * @param wanted whether hits are among what it finds, rather than left out or moved by it
     * @return itself, or what stands in its place where a wrapper held vectors of ours
     */
    private QueryBuilder walk(QueryBuilder query, boolean wanted) {
        switch (query) {
            case null -> {}
            case KnnVectorQueryBuilder knn -> {
                List<Lookup> sources = note(knn.getFieldName(), knn.queryVectorBuilder());
                knn.filterQueries().forEach(filter -> walkInPlace(filter, wanted));
                if (wanted) {
                    sources.forEach(lookup -> knn.addFilterQuery(without(lookup)));
                }
            }
            case BoolQueryBuilder bool -> {
                bool.must().replaceAll(part -> walk(part, wanted));
                bool.should().replaceAll(part -> walk(part, wanted));
                bool.filter().replaceAll(part -> walk(part, wanted));
                bool.mustNot().replaceAll(part -> walk(part, false));
            }
            case DisMaxQueryBuilder most ->
                    most.innerQueries().replaceAll(part -> walk(part, wanted));
            case NestedQueryBuilder nested -> {
                return HeldQueries.with(nested, walk(nested.query(), wanted));
            }
            case ConstantScoreQueryBuilder constant -> {
                return HeldQueries.with(constant, walk(constant.innerQuery(), wanted));
            }
            case BoostingQueryBuilder boosting -> {
                return HeldQueries.with(
                        boosting,
                        walk(boosting.positiveQuery(), wanted),
                        walk(boosting.negativeQuery(), false));
            }
            case FunctionScoreQueryBuilder function -> {
                for (var each : function.filterFunctionBuilders()) {
                    walkInPlace(each.getFilter(), false);
                }
                return HeldQueries.with(function, walk(function.query(), wanted));
            }
            case ScriptScoreQueryBuilder script -> walkInPlace(script.query(), wanted);
            case WrapperQueryBuilder wrapper -> {
                return walk(wrapper, wanted);
            }
            default -> {
                if (HOLDERS.contains(query.getName())) {
                    walkCopy(Strings.toString(query));
                }
            }
        }
        return query;
    }

    private QueryBuilder walk(WrapperQueryBuilder wrapper, boolean wanted) {
        int before = found.size();
        QueryBuilder inside = walk(held.open(wrapper), wanted);
        // the host opens those that are none of our business
        return found.size() == before ? wrapper : inside;
    }

    /** Walks a query that can't be replaced: what a wrapper in it holds is read as a copy. */
    private void walkInPlace(QueryBuilder query, boolean wanted) {
        int before = found.size();
        if (walk(query, wanted) != query) {
            requireModels(found.subList(before, found.size()));
        }
    }

    private void walk(RescorerBuilder<?> rescore) {
        if (rescore instanceof VidvecRescorerBuilder own) {
            judges.add(own.spec().modelId());
        } else if (rescore instanceof QueryRescorerBuilder query) {
            walkInPlace(query.getRescoreQuery(), false);
        }
    }

    /** Retrievers do not tell what they hold, but for their JSON. */
    private void walk(RetrieverBuilder retriever) {
        for (Clause clause : walkCopy(Strings.toString(retriever))) {
            clause.spec()
                    .excluded()
                    .forEach(lookup -> retriever.getPreFilterQueryBuilders().add(without(lookup)));
        }
    }

    /** Walks JSON, and returns what is found there: copies. */
    private List<Clause> walkCopy(String json) {
        int before = found.size();
        walk(XContentHelper.convertToMap(JsonXContent.jsonXContent, json, false));
        List<Clause> copies = List.copyOf(found.subList(before, found.size()));
        requireModels(copies);
        return copies;
    }

    /** What is a copy can't be told its model. */
    private static void requireModels(List<Clause> copies) {
        copies.forEach(copy -> Requirements.require("model_id", NO_MODEL, copy.spec().modelId()));
    }

    private void walk(Object json) {
        if (json instanceof List<?> list) {
            list.forEach(this::walk);
        } else if (json instanceof Map<?, ?> map) {
            if (map.get("query_vector_builder") instanceof Map<?, ?> builder) {
                note((String) map.get("field"), parse(builder));
            }
            if (map.get("wrapper") instanceof Map<?, ?> wrapper
                    && wrapper.get("query") instanceof String query) {
                walk(held.open(query), false);
            }
            noteJudge(map.get(VidvecRerankRetriever.NAME));
            if (map.get("rescore") instanceof List<?> rescores) {
                rescores.stream()
                        .filter(Map.class::isInstance)
                        .forEach(
                                one ->
                                        noteJudge(
                                                ((Map<?, ?>) one).get(VidvecRescorerBuilder.NAME)));
            }
            map.values().forEach(this::walk);
        }
    }

    private void noteJudge(Object options) {
        if (options instanceof Map<?, ?> map && map.get("model_id") instanceof String model) {
            judges.add(model);
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
