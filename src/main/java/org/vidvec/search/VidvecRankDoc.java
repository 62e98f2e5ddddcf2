package org.vidvec.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.lucene.Lucene;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.xcontent.XContentBuilder;

/** A hit of the retriever {@code vidvec_rerank}. */
public final class VidvecRankDoc extends RankDoc {

    /** Its name on the wire. */
    public static final String NAME = "vidvec_rank_doc";

    private final String modelId;
    private final Explanation judged;

    /**
     * @param hit with its final score
     * @param modelId which model judged it, if any did
     * @param judged how; null where nobody asks, or it is not known
     */
    VidvecRankDoc(ScoreDoc hit, String modelId, Explanation judged) {
        super(hit.doc, hit.score, hit.shardIndex);
        this.modelId = modelId;
        this.judged = judged;
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecRankDoc(StreamInput in) throws IOException {
        super(in);
        modelId = in.readString();
        judged = in.readBoolean() ? Lucene.readExplanation(in) : null;
    }

    /** Whether the model said anything of it. */
    boolean isJudged() {
        return RerankScores.isJudged(score);
    }

    @Override
    public Explanation explain(Explanation[] sourceExplanations, String[] queryNames) {
        String how =
                isJudged()
                        ? "vidvec_rerank score by model [" + modelId + "], in place of that of:"
                        : "not judged by vidvec model ["
                                + modelId
                                + "], so below the hits that were, in the order of:";
        List<Explanation> details = new ArrayList<>(List.of(sourceExplanations));
        if (judged != null) {
            details.add(judged);
        }
        return Explanation.match(score, how, details);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        out.writeString(modelId);
        out.writeBoolean(judged != null);
        if (judged != null) {
            Lucene.writeExplanation(out, judged);
        }
    }

    @Override
    protected void doToXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("model_id", modelId);
    }

    @Override
    protected boolean doEquals(RankDoc other) {
        VidvecRankDoc that = (VidvecRankDoc) other;
        return modelId.equals(that.modelId) && Objects.equals(judged, that.judged);
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(modelId, judged);
    }
}
