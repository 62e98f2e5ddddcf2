package org.vidvec.search;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.vidvec.action.ModelFingerprints;

/**
 * Refuses a query vector of one model for a field with vectors of another: their cosines mean
 * nothing. Looks for one document whose stored fingerprint differs, with the rights of the user who
 * searches; what is alike is remembered for some seconds. Never waits.
 */
public final class StoredFingerprints {

    // as long as a model's own fingerprint is taken for granted
    private static final long FRESH_MILLIS = 10_000;
    private static final int KEPT = 1024;

    private final Supplier<NodeClient> client;
    private final IndexMappings mappings;
    private final Map<Asked, Long> alike = new ConcurrentHashMap<>();
    private volatile ModelFingerprints models;

    private record Asked(List<String> uuids, String field, Set<String> fingerprints) {}

    /**
     * @param client of this node
     * @param mappings of the cluster
     */
    public StoredFingerprints(Supplier<NodeClient> client, IndexMappings mappings) {
        this.client = client;
        this.mappings = mappings;
    }

    /**
     * Checks all query vectors of a search.
     *
     * @param listener fails with 400 if a field holds a vector of another model
     */
    void check(
            SearchRequest search,
            List<VidvecClauses.Clause> clauses,
            ActionListener<Void> listener) {
        next(search, clauses.iterator(), listener);
    }

    private void next(
            SearchRequest search,
            Iterator<VidvecClauses.Clause> clauses,
            ActionListener<Void> listener) {
        if (clauses.hasNext() == false) {
            listener.onResponse(null);
            return;
        }
        VidvecClauses.Clause clause = clauses.next();
        String name = base(clause.field()) + ".model.fingerprint";
        List<IndexMappings.Field> fields = mappings.field(search, name);
        String stored = storedIn(fields, name);
        if (stored == null) {
            next(search, clauses, listener);
            return;
        }
        models().of(
                        clause.spec().modelId(),
                        listener.delegateFailureAndWrap(
                                (l, fingerprints) ->
                                        compare(
                                                search,
                                                clause,
                                                stored,
                                                new Asked(
                                                        uuids(fields),
                                                        clause.field(),
                                                        fingerprints),
                                                l.delegateFailureAndWrap(
                                                        (again, ok) ->
                                                                next(search, clauses, again)))));
    }

    private static List<String> uuids(List<IndexMappings.Field> fields) {
        return fields.stream().map(IndexMappings.Field::uuid).toList();
    }

    private ModelFingerprints models() {
        if (models == null) {
            NodeClient node = client.get();
            models = new ModelFingerprints(node, node.threadPool()::relativeTimeInMillis);
        }
        return models;
    }

    /** The processor's target field that a vector lies in. */
    private static String base(String field) {
        String parent = field.contains(".") ? field.substring(0, field.lastIndexOf('.')) : field;
        for (String nested : List.of(".moments", ".pages")) {
            if (parent.endsWith(nested)) {
                return parent.substring(0, parent.length() - nested.length());
            }
        }
        return parent;
    }

    /** The field where whole fingerprints can be looked for; null if there is none. */
    private static String storedIn(List<IndexMappings.Field> fields, String name) {
        for (IndexMappings.Field field : fields) {
            if (field.type().equals("keyword")) {
                return name;
            }
            if (field.type().equals("text")
                    && field.definition().get("fields") instanceof Map<?, ?> parts
                    && parts.containsKey("keyword")) {
                return name + ".keyword";
            }
        }
        return null;
    }

    private void compare(
            SearchRequest search,
            VidvecClauses.Clause clause,
            String stored,
            Asked asked,
            ActionListener<Void> listener) {
        Set<String> fingerprints = asked.fingerprints();
        Long until = alike.get(asked);
        long now = client.get().threadPool().relativeTimeInMillis();
        if (fingerprints.isEmpty() || (until != null && until > now)) {
            listener.onResponse(null);
            return;
        }
        client.get()
                .search(
                        other(search, clause, stored, fingerprints),
                        listener.map(
                                found -> {
                                    requireNone(found, clause, fingerprints);
                                    remember(asked, now + FRESH_MILLIS);
                                    return null;
                                }));
    }

    private void remember(Asked asked, long until) {
        if (alike.size() >= KEPT) {
            alike.clear();
        }
        alike.put(asked, until);
    }

    /** One document whose vector is of another model. */
    private static SearchRequest other(
            SearchRequest search,
            VidvecClauses.Clause clause,
            String stored,
            Set<String> fingerprints) {
        BoolQueryBuilder query =
                QueryBuilders.boolQuery().filter(QueryBuilders.existsQuery(stored));
        fingerprints.forEach(own -> query.mustNot(QueryBuilders.termQuery(stored, own)));
        SearchSourceBuilder source =
                new SearchSourceBuilder()
                        .query(query)
                        .size(1)
                        .terminateAfter(1)
                        .trackTotalHits(false)
                        .fetchSource(base(clause.field()) + ".model", null);
        return new SearchRequest(search.indices(), source)
                .indicesOptions(IndicesOptions.lenientExpandOpen());
    }

    private static void requireNone(
            SearchResponse found, VidvecClauses.Clause clause, Set<String> fingerprints) {
        SearchHit[] hits = found.getHits().getHits();
        if (hits.length == 0) {
            return;
        }
        Map<String, Object> source = hits[0].getSourceAsMap();
        String model = base(clause.field()) + ".model.";
        throw new IllegalArgumentException(
                "field ["
                        + clause.field()
                        + "] of index ["
                        + hits[0].getIndex()
                        + "] holds vectors of model ["
                        + XContentMapValues.extractValue(model + "id", source)
                        + "] with fingerprint ["
                        + XContentMapValues.extractValue(model + "fingerprint", source)
                        + "], but the query's model ["
                        + clause.spec().modelId()
                        + "] has "
                        + fingerprints
                        + "; search with the model that embedded the field, or embed its documents"
                        + " again with this one");
    }
}
