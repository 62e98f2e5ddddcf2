package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.InputSpec;
import org.vidvec.action.RerankMode;

/**
 * What a {@code rescore.vidvec} or a retriever {@code vidvec_rerank} asks for.
 *
 * @param modelId whose head judges
 * @param query what each hit is compared with, read together in order
 * @param field the ingest processor's target field, whose {@code frames} are judged; or the field
 *     with the original
 * @param type what a value of {@code field} is that does not say so itself
 * @param texts which texts of a hit are judged beside it; only in rescores
 * @param mode whether hits are judged each alone; rescores know no other
 * @param calibration how the head's logits become a score; null for that of the model's card, until
 *     the node that got the search has found it
 * @param blend how the first score and P(Yes) become one
 * @param timeout how long a shard, or the retriever, may take, reading frames and waiting included
 * @param keeping which hits stay
 */
record RescoreSpec(
        String modelId,
        List<QueryItem> query,
        String field,
        InputSpec.Type type,
        TextWeights texts,
        RerankMode mode,
        CalibrationSpec calibration,
        ScoreBlend blend,
        TimeValue timeout,
        Keeping keeping)
        implements Writeable, ToXContentFragment {

    /** The processor's own default target field. */
    static final String DEFAULT_FIELD = "vidvec";

    /** How long a shard may take if the request does not say. */
    static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueSeconds(30);

    /**
     * @throws IllegalArgumentException if something is missing
     */
    RescoreSpec {
        Requirements.require("model_id", "the id of a model", modelId);
        Requirements.require("query", "a text, or an object with [input]", query);
        Requirements.positive("timeout", timeout);
        query = List.copyOf(query);
        mode.check(calibration);
        if (query.stream().anyMatch(item -> item.weight() != null)) {
            throw new IllegalArgumentException(
                    "[weight] has no meaning in the [query] of a rescore, which the model reads in"
                            + " one pass; leave it out");
        }
    }

    /** Each hit judged alone, without its texts. */
    RescoreSpec(
            String modelId,
            List<QueryItem> query,
            String field,
            InputSpec.Type type,
            CalibrationSpec calibration,
            ScoreBlend blend,
            TimeValue timeout,
            Keeping keeping) {
        this(
                modelId,
                query,
                field,
                type,
                TextWeights.NONE,
                RerankMode.POINTWISE,
                calibration,
                blend,
                timeout,
                keeping);
    }

    /** The same with another query: one whose documents have been read. */
    RescoreSpec with(List<QueryItem> items) {
        return new RescoreSpec(
                modelId, items, field, type, texts, mode, calibration, blend, timeout, keeping);
    }

    /** The same in another mode. */
    RescoreSpec with(RerankMode wanted) {
        return new RescoreSpec(
                modelId, query, field, type, texts, wanted, calibration, blend, timeout, keeping);
    }

    /** The same with the calibration of the model's card where it has none of its own. */
    RescoreSpec calibratedBy(CalibrationSpec card) {
        return new RescoreSpec(
                modelId,
                query,
                field,
                type,
                texts,
                mode,
                mode.calibration(calibration, card),
                blend,
                timeout,
                keeping);
    }

    /** What the model reads of the query; only when its documents have been read. */
    List<InputSpec> inputs() {
        return query.stream().map(QueryItem::input).toList();
    }

    /** Reads what {@link #writeTo} wrote. */
    RescoreSpec(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readCollectionAsImmutableList(QueryItem::new),
                in.readString(),
                in.readEnum(InputSpec.Type.class),
                new TextWeights(in),
                in.readEnum(RerankMode.class),
                in.readOptionalWriteable(CalibrationSpec::new),
                new ScoreBlend(in),
                in.readTimeValue(),
                new Keeping(in));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(modelId);
        out.writeCollection(query);
        out.writeString(field);
        out.writeEnum(type);
        texts.writeTo(out);
        out.writeEnum(mode);
        out.writeOptionalWriteable(calibration);
        blend.writeTo(out);
        out.writeTimeValue(timeout);
        keeping.writeTo(out);
    }

    /**
     * But for the mode, the blend and {@code min_score}, which each of the two has in its own way.
     */
    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("model_id", modelId);
        builder.startObject("query");
        QueryItem.write(builder, "input", query, params);
        builder.endObject();
        builder.field("field", field).field("type", type.toString());
        texts.toXContent(builder, params);
        if (calibration != null) {
            calibration.toXContent(builder, params);
        }
        return builder.field("timeout", timeout.getStringRep())
                .field("allow_rerank_failures", keeping.allowFailures());
    }
}
