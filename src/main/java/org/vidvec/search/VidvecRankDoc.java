package org.vidvec.search;

import java.io.IOException;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.xcontent.XContentBuilder;

/** A hit of the retriever {@code vidvec_rerank}. */
public final class VidvecRankDoc extends RankDoc {

    /** Its name on the wire. */
    public static final String NAME = "vidvec_rank_doc";

    private final String modelId;

    /**
     * @param hit with its final score
     * @param modelId which model judged it, if any did
     */
    VidvecRankDoc(ScoreDoc hit, String modelId) {
        super(hit.doc, hit.score, hit.shardIndex);
        this.modelId = modelId;
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecRankDoc(StreamInput in) throws IOException {
        super(in);
        modelId = in.readString();
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
        return Explanation.match(score, how, sourceExplanations);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        out.writeString(modelId);
    }

    @Override
    protected void doToXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("model_id", modelId);
    }

    @Override
    protected boolean doEquals(RankDoc other) {
        return modelId.equals(((VidvecRankDoc) other).modelId);
    }

    @Override
    protected int doHashCode() {
        return modelId.hashCode();
    }
}
