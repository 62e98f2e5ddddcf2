package org.vidvec.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;

/**
 * {@code rescore.vidvec}: orders the best hits of each shard by P(Yes) of a model's own head, "does
 * this video match the query?". The coordinating node checks the window and finds the model; each
 * shard then judges with {@link VidvecRescorer}.
 */
public final class VidvecRescorerBuilder extends RescorerBuilder<VidvecRescorerBuilder> {

    /** Its name in requests. */
    public static final String NAME = "vidvec";

    private final RescoreSpec spec;
    private final SearchServices services;
    // null until the coordinating node has asked for the model
    private final String fingerprint;
    // the coordinating node's question; null before it is asked and after its answer
    private final Supplier<Ready> answer;

    VidvecRescorerBuilder(RescoreSpec spec, SearchServices services) {
        this(spec, services, null, null);
    }

    private VidvecRescorerBuilder(
            RescoreSpec spec, SearchServices services, String fingerprint, Supplier<Ready> answer) {
        this.spec = Objects.requireNonNull(spec);
        this.services = Objects.requireNonNull(services);
        this.fingerprint = fingerprint;
        this.answer = answer;
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecRescorerBuilder(StreamInput in, SearchServices services) throws IOException {
        super(in);
        this.spec = new RescoreSpec(in);
        this.fingerprint = in.readOptionalString();
        this.services = Objects.requireNonNull(services);
        this.answer = null;
    }

    /**
     * Reads the JSON.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    public static VidvecRescorerBuilder fromXContent(
            XContentParser parser, SearchServices services) {
        return new VidvecRescorerBuilder(RescoreParser.parse(parser), services);
    }

    /** What it asks for. */
    RescoreSpec spec() {
        return spec;
    }

    /** The fingerprint of the model that the coordinating node found; null before it asked. */
    String fingerprint() {
        return fingerprint;
    }

    private int window() {
        return windowSize() == null ? DEFAULT_WINDOW_SIZE : windowSize();
    }

    /**
     * Refuses a window that does not cover the page: hits with and without P(Yes) would stand on
     * one page.
     */
    @Override
    public ActionRequestValidationException validate(
            SearchSourceBuilder source, ActionRequestValidationException errors) {
        if (spec.keeping().minScore() != null && source.rescores().getLast() != this) {
            errors =
                    ValidateActions.addValidationError(
                            "[vidvec] [min_score] is of the last rescore only, whose scores the hits"
                                    + " carry; move this one to the end, or leave it out",
                            errors);
        }
        int from = source.from() == -1 ? SearchService.DEFAULT_FROM : source.from();
        int size = source.size() == -1 ? SearchService.DEFAULT_SIZE : source.size();
        if (window() >= (long) from + size) {
            return errors;
        }
        return ValidateActions.addValidationError(
                "[vidvec] [window_size] ["
                        + window()
                        + "] must be at least [from] ["
                        + from
                        + "] + [size] ["
                        + size
                        + "], so that every hit of the page is judged; raise [window_size] or lower"
                        + " [size]",
                errors);
    }

    /**
     * On the coordinating node: the window is within the limit and there is such a model. Elsewhere
     * that is known already.
     */
    @Override
    public VidvecRescorerBuilder rewrite(QueryRewriteContext context) {
        if (fingerprint != null || context.convertToSearchExecutionContext() != null) {
            return this;
        }
        if (answer != null) {
            Ready ready = answer.get();
            return ready == null ? this : with(ready);
        }
        requireWindowWithinLimit();
        return with(spec, null, Ready.ask(context, spec));
    }

    private VidvecRescorerBuilder with(Ready ready) {
        VidvecRescorerBuilder copy = with(ready.spec(), ready.model().fingerprint(), null);
        if (windowSize() == null) {
            int limit = services.maxRescoreWindow().getAsInt();
            copy.windowSize = Math.min(limit, ready.model().window());
        }
        return copy;
    }

    private VidvecRescorerBuilder with(
            RescoreSpec newSpec, String newFingerprint, Supplier<Ready> newAnswer) {
        VidvecRescorerBuilder copy =
                new VidvecRescorerBuilder(newSpec, services, newFingerprint, newAnswer);
        copy.windowSize = windowSize;
        return copy;
    }

    private void requireWindowWithinLimit() {
        String problem = services.tooLarge("Rescore window", window());
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    @Override
    protected RescoreContext innerBuildContext(int windowSize, SearchExecutionContext context) {
        if (spec.keeping().allowFailures()) {
            // a result without judgements must not come out of the shard's request cache later
            context.disableCache();
        }
        return new VidvecRescoreContext(
                windowSize,
                spec,
                fingerprint,
                new FrameReader(context, spec.field(), spec.type(), spec.texts()),
                new MatchCalls(services.client().get()));
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
        builder.startObject(NAME);
        spec.toXContent(builder, params);
        spec.blend().toXContent(builder, params);
        if (spec.keeping().minScore() != null) {
            builder.field("min_score", spec.keeping().minScore());
        }
        builder.endObject();
    }

    @Override
    public boolean equals(Object o) {
        return super.equals(o)
                && o instanceof VidvecRescorerBuilder other
                && spec.equals(other.spec)
                && Objects.equals(fingerprint, other.fingerprint)
                && answer == other.answer;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), spec, fingerprint);
    }
}
