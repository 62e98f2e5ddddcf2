package org.vidvec.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.retriever.CompoundRetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverParserContext;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;

/**
 * The retriever {@code vidvec_rerank}: has a model's head judge the best hits of another retriever,
 * once over all shards, and orders them by its score. Composes with all retrievers of the host.
 */
public final class VidvecRerankRetriever extends CompoundRetrieverBuilder<VidvecRerankRetriever> {

    /** Its name in requests. */
    public static final String NAME = "vidvec_rerank";

    private final RescoreSpec spec;
    private final SearchServices services;
    private final WindowNotes notes;

    /**
     * @param source exactly one: whose hits are judged
     * @param spec what is asked for
     * @param window how many of them
     */
    VidvecRerankRetriever(
            List<RetrieverSource> source, RescoreSpec spec, int window, SearchServices services) {
        this(source, spec, window, services, new WindowNotes());
    }

    private VidvecRerankRetriever(
            List<RetrieverSource> source,
            RescoreSpec spec,
            int window,
            SearchServices services,
            WindowNotes notes) {
        super(source, window);
        this.notes = notes;
        this.spec = Objects.requireNonNull(spec);
        this.services = services;
        // with this the host would leave hits out that could not be judged and are to stay
        this.minScore = spec.keeping().allowFailures() ? null : spec.keeping().minScore();
    }

    /**
     * Reads the JSON.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    public static VidvecRerankRetriever fromXContent(
            XContentParser parser, RetrieverParserContext context, SearchServices services) {
        return RerankParser.parse(parser, context, services);
    }

    /** The same with filters and a name. */
    VidvecRerankRetriever with(List<QueryBuilder> filters, String name) {
        preFilterQueryBuilders = filters;
        retrieverName = name;
        return this;
    }

    /** What it asks for. */
    RescoreSpec spec() {
        return spec;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    protected VidvecRerankRetriever clone(
            List<RetrieverSource> newChildRetrievers,
            List<QueryBuilder> newPreFilterQueryBuilders) {
        return new VidvecRerankRetriever(newChildRetrievers, spec, rankWindowSize, services, notes)
                .with(newPreFilterQueryBuilders, retrieverName);
    }

    @Override
    public ActionRequestValidationException validate(
            SearchSourceBuilder source,
            ActionRequestValidationException errors,
            boolean isScroll,
            boolean allowPartialSearchResults) {
        ActionRequestValidationException all =
                super.validate(source, errors, isScroll, allowPartialSearchResults);
        String window = "[vidvec_rerank] [rank_window_size]";
        String problem = services.tooLarge(window, rankWindowSize);
        problem = problem == null ? spec.mode().tooMany(window, rankWindowSize) : problem;
        return problem == null ? all : ValidateActions.addValidationError(problem, all);
    }

    @Override
    protected SearchSourceBuilder finalizeSourceBuilder(SearchSourceBuilder sourceBuilder) {
        return sourceBuilder.rankBuilder(new VidvecRankBuilder(rankWindowSize, spec, notes));
    }

    @Override
    protected RankDoc[] combineInnerRetrieverResults(
            List<ScoreDoc[]> rankResults, boolean explain) {
        List<RankDoc> kept = new ArrayList<>();
        for (ScoreDoc hit : rankResults.getFirst()) {
            if (spec.keeping().keeps(hit.score) || RerankScores.isJudged(hit.score) == false) {
                VidvecRankDoc doc =
                        new VidvecRankDoc(hit, spec.modelId(), explain ? notes.told(hit) : null);
                kept.add(doc);
                doc.rank = kept.size();
            }
        }
        return kept.toArray(RankDoc[]::new);
    }

    @Override
    protected void doToXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("retriever", innerRetrievers.getFirst().retriever());
        builder.field(RANK_WINDOW_SIZE_FIELD.getPreferredName(), rankWindowSize);
        builder.field("mode", spec.mode().toString());
        spec.toXContent(builder, params);
        if (minScore == null && spec.keeping().minScore() != null) {
            builder.field("min_score", spec.keeping().minScore());
        }
    }

    @Override
    public boolean doEquals(Object other) {
        return super.doEquals(other) && spec.equals(((VidvecRerankRetriever) other).spec);
    }

    @Override
    public int doHashCode() {
        return Objects.hash(super.doHashCode(), spec);
    }
}
