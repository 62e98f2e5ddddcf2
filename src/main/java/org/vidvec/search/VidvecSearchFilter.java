package org.vidvec.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.TransportSearchAction;
import org.elasticsearch.action.support.ActionFilterChain;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.search.SearchExtBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.vidvec.action.ModelMapping;

/**
 * What a search with vidvec in it needs before any shard starts, where the host has no other place
 * for it: documents that serve as source are left out, vectors of other models are refused, and the
 * query of {@code ext.vidvec.moments} becomes a vector. And what it needs after the last one: hits
 * below a rescore's {@code min_score} are left out. Never waits; other searches pass at once.
 */
public final class VidvecSearchFilter implements MappedActionFilter {

    private final Supplier<NodeClient> client;
    private final IndexMappings mappings;
    private final StoredFingerprints fingerprints;
    private final HeldQueries held;

    /**
     * @param client of this node
     * @param mappings of the cluster
     * @param fingerprints of stored vectors
     * @param parsers of the host's queries
     */
    public VidvecSearchFilter(
            Supplier<NodeClient> client,
            IndexMappings mappings,
            StoredFingerprints fingerprints,
            NamedXContentRegistry parsers) {
        this.client = client;
        this.mappings = mappings;
        this.fingerprints = fingerprints;
        this.held = new HeldQueries(parsers);
    }

    @Override
    public String actionName() {
        return TransportSearchAction.NAME;
    }

    @Override
    public <Q extends ActionRequest, R extends ActionResponse> void apply(
            Task task,
            String action,
            Q request,
            ActionListener<R> listener,
            ActionFilterChain<Q, R> chain) {
        if (request instanceof SearchRequest search && search.source() != null) {
            NodeClient node = client.get();
            ThreadContext context = node.threadPool().getThreadContext();
            ThreadContext.StoredContext before =
                    context.newStoredContextPreservingResponseHeaders();
            try {
                SearchTask.note(context, new TaskId(node.getLocalNodeId(), task.getId()));
                ActionListener.run(
                        listener,
                        l ->
                                prepare(
                                        search,
                                        l.delegateFailureAndWrap(
                                                (next, ready) ->
                                                        chain.proceed(
                                                                task,
                                                                action,
                                                                request,
                                                                without(search, next)))));
            } finally {
                before.close();
            }
        } else {
            chain.proceed(task, action, request, listener);
        }
    }

    /** Leaves out what a rescore's {@code min_score} does not keep. */
    private static <R extends ActionResponse> ActionListener<R> without(
            SearchRequest search, ActionListener<R> listener) {
        MinScore least = MinScore.of(search.source());
        return least == null ? listener : least.over(listener);
    }

    private void prepare(SearchRequest search, ActionListener<Void> ready) {
        SearchSourceBuilder source = search.source();
        VidvecClauses clauses = VidvecClauses.prepare(source, held);
        clauses.found().forEach(clause -> nameModel(search, clause));
        List<SearchExtBuilder> exts = source.ext();
        for (int i = 0; i < exts.size(); i++) {
            if (exts.get(i) instanceof VidvecSearchExt ext && ext.vector() == null) {
                makeMoments(search, clauses, i, ext.moments(), ready);
                return;
            }
        }
        fingerprints.check(search, clauses.found(), ready);
    }

    /** The model that the field's mapping names, where the query names none. */
    private void nameModel(SearchRequest search, VidvecClauses.Clause clause) {
        if (clause.spec().modelId() != null) {
            return;
        }
        Set<String> models = mapped(search, clause.field());
        if (models.size() != 1 || models.contains("null")) {
            throw new IllegalArgumentException(
                    "[vidvec] requires [model_id]: field ["
                            + clause.field()
                            + "] names "
                            + (models.size() < 2 ? "none" : "several " + models)
                            + " as [meta.model_id] in its mapping; name the model that embedded it");
        }
        clause.builder().embedBy(models.iterator().next());
    }

    /** The models that a field's mappings name; one that names none gives "null". */
    private Set<String> mapped(SearchRequest search, String path) {
        Set<String> models = new TreeSet<>();
        for (IndexMappings.Field field : mappings.field(search, path)) {
            models.add(String.valueOf(field.meta(ModelMapping.META_MODEL)));
        }
        return models;
    }

    /**
     * Checks all query vectors, and makes that of the moments.
     *
     * @param place of the moments among the search's {@code ext}
     */
    private void makeMoments(
            SearchRequest search,
            VidvecClauses clauses,
            int place,
            MomentsRequest moments,
            ActionListener<Void> listener) {
        requireNested(search, moments);
        VidvecQueryVectorBuilder query =
                new VidvecQueryVectorBuilder(moments.vector(model(search, clauses, moments)));
        List<VidvecClauses.Clause> all = new ArrayList<>(clauses.found());
        all.add(new VidvecClauses.Clause(moments.embedding(), query));
        fingerprints.check(
                search,
                all,
                listener.delegateFailureAndWrap(
                        (l, alike) ->
                                query.buildVector(
                                        client.get(),
                                        l.map(
                                                vector -> {
                                                    search.source()
                                                            .ext()
                                                            .set(
                                                                    place,
                                                                    new VidvecSearchExt(
                                                                            moments, vector));
                                                    return null;
                                                }))));
    }

    /** A model that judges need not be the one that embedded: it comes last. */
    private String model(SearchRequest search, VidvecClauses clauses, MomentsRequest moments) {
        String model = moments.modelId() == null ? clauses.embedder() : moments.modelId();
        if (model == null) {
            Set<String> mapped = mapped(search, moments.embedding());
            boolean one = mapped.size() == 1 && mapped.contains("null") == false;
            model = one ? mapped.iterator().next() : clauses.judge();
        }
        return Requirements.require(
                "ext.vidvec.moments.model_id",
                "the model that embedded ["
                        + moments.path()
                        + "]; the search itself names none, or several, and so does [meta.model_id]"
                        + " in the mapping of ["
                        + moments.embedding()
                        + "]",
                model);
    }

    private void requireNested(SearchRequest search, MomentsRequest moments) {
        for (IndexMappings.Field field : mappings.field(search, moments.path())) {
            if (field.type().equals("nested") == false) {
                throw new IllegalArgumentException(
                        "[ext.vidvec.moments] needs ["
                                + moments.path()
                                + "] of type [nested], but in index ["
                                + field.index()
                                + "] "
                                + (field.definition() == null
                                        ? "there is no such field"
                                        : "it is of type [" + field.type() + "]")
                                + "; create the index with the mapping of [GET"
                                + " _vidvec/models/{model_id}/mapping] and ingest with [moments]"
                                + " among the processor's [properties], or leave the index out");
            }
        }
    }
}
