package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.Query;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.search.rank.RankBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.rank.context.QueryPhaseRankCoordinatorContext;
import org.elasticsearch.search.rank.context.QueryPhaseRankShardContext;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankCoordinatorContext;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankShardContext;
import org.elasticsearch.search.rank.rerank.RerankingQueryPhaseRankShardContext;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * How a search for {@link VidvecRerankRetriever} is ranked: the best of all shards make the window,
 * their shards read what is judged of each, and the node that got the search asks the model once.
 */
public final class VidvecRankBuilder extends RankBuilder {

    /** Its name on the wire. */
    public static final String NAME = VidvecRerankRetriever.NAME;

    private final RescoreSpec spec;
    // null until the coordinating node has asked for the model
    private final String fingerprint;
    // the coordinating node's question; null before it is asked and after its answer
    private final Supplier<Ready> answer;
    // shared with the retriever; of no use on other nodes
    private final WindowNotes notes;

    VidvecRankBuilder(int window, RescoreSpec spec, WindowNotes notes) {
        this(window, spec, notes, null, null);
    }

    private VidvecRankBuilder(
            int window,
            RescoreSpec spec,
            WindowNotes notes,
            String fingerprint,
            Supplier<Ready> answer) {
        super(window);
        this.notes = notes;
        this.spec = spec;
        this.fingerprint = fingerprint;
        this.answer = answer;
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecRankBuilder(StreamInput in) throws IOException {
        super(in);
        spec = new RescoreSpec(in);
        fingerprint = in.readOptionalString();
        answer = null;
        notes = new WindowNotes();
    }

    RescoreSpec spec() {
        return spec;
    }

    /** On the coordinating node: there is such a model. Elsewhere that is known already. */
    @Override
    public RankBuilder rewrite(QueryRewriteContext context) {
        if (fingerprint != null || context.convertToSearchExecutionContext() != null) {
            return this;
        }
        if (answer == null) {
            return new VidvecRankBuilder(
                    rankWindowSize(), spec, notes, null, Ready.ask(context, spec));
        }
        Ready ready = answer.get();
        return ready == null
                ? this
                : new VidvecRankBuilder(
                        rankWindowSize(), ready.spec(), notes, ready.model().fingerprint(), null);
    }

    @Override
    public QueryPhaseRankShardContext buildQueryPhaseShardContext(List<Query> queries, int from) {
        return new RerankingQueryPhaseRankShardContext(queries, rankWindowSize());
    }

    @Override
    public QueryPhaseRankCoordinatorContext buildQueryPhaseCoordinatorContext(int size, int from) {
        return notes.window(rankWindowSize());
    }

    @Override
    public RankFeaturePhaseRankShardContext buildRankFeaturePhaseShardContext() {
        return new RerankMedia.ShardContext();
    }

    @Override
    public RankFeaturePhaseRankCoordinatorContext buildRankFeaturePhaseCoordinatorContext(
            int size, int from, Client client) {
        return new RerankScores(
                new RerankScores.Page(size, from, rankWindowSize()),
                spec,
                fingerprint,
                notes,
                client);
    }

    /** The retriever's own search is never explained; {@link VidvecRankDoc} explains its hits. */
    @Override
    public Explanation explainHit(
            Explanation baseExplanation, RankDoc scoreDoc, List<String> queryNames) {
        return baseExplanation;
    }

    @Override
    public boolean isCompoundBuilder() {
        return false;
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public TransportVersion getMinimalSupportedVersion() {
        return TransportVersion.minimumCompatible();
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        Ready.requireFound(answer);
        spec.writeTo(out);
        out.writeOptionalString(fingerprint);
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        spec.toXContent(builder, params);
    }

    @Override
    protected boolean doEquals(RankBuilder other) {
        VidvecRankBuilder that = (VidvecRankBuilder) other;
        return spec.equals(that.spec)
                && Objects.equals(fingerprint, that.fingerprint)
                && answer == that.answer;
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(spec, fingerprint);
    }
}
