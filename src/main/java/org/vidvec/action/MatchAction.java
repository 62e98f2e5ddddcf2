package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.vidvec.model.MatchScore;

/** Asks a model's own head how well each candidate matches a query, all in one request. */
public final class MatchAction extends ActionType<MatchAction.Response> {

    /** The action's name: a reading action of the cluster, so {@code monitor} covers it. */
    public static final String NAME = "cluster:monitor/vidvec/match";

    /** The only instance. */
    public static final MatchAction INSTANCE = new MatchAction();

    private MatchAction() {
        super(NAME);
    }

    /**
     * What is compared.
     *
     * @param query read together, in order
     * @param candidates each judged alone, or all of them in one prompt
     * @param references texts that each candidate is asked about too; null for those of the
     *     calibration in the model's card
     * @param together whether the candidates are compared in one prompt
     */
    private record Body(
            List<InputSpec> query,
            List<InputSpec> candidates,
            List<String> references,
            boolean together)
            implements Writeable {

        private Body {
            query = List.copyOf(query);
            candidates = List.copyOf(candidates);
            references = references == null ? null : List.copyOf(references);
        }

        private Body(StreamInput in) throws IOException {
            this(
                    in.readCollectionAsImmutableList(InputSpec::readFrom),
                    in.readCollectionAsImmutableList(InputSpec::readFrom),
                    in.readOptionalStringCollectionAsList(),
                    in.readBoolean());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeCollection(query);
            out.writeCollection(candidates);
            out.writeOptionalStringCollection(references);
            out.writeBoolean(together);
        }
    }

    /** How well does each candidate match the query? */
    public static final class Request extends RoutedRequest<Body, Request> {

        /**
         * @param modelId which model
         * @param query read together, in order
         * @param candidates each judged alone, or all of them in one prompt
         * @param references texts that each candidate is asked about too; null for those of the
         *     calibration in the model's card
         * @param timeout from now on, waiting included
         */
        public Request(
                String modelId,
                List<InputSpec> query,
                List<InputSpec> candidates,
                List<String> references,
                TimeValue timeout) {
            this(modelId, new Body(query, candidates, references, false), timeout);
        }

        private Request(String modelId, Body body, TimeValue timeout) {
            super(modelId, body, timeout);
        }

        /** The same in one prompt: each score is a candidate's part of all of them. */
        public Request together() {
            return new Request(
                    modelId(), new Body(query(), candidates(), references(), true), timeout());
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in, Body::new);
        }

        /** Read together, in order. */
        public List<InputSpec> query() {
            return body().query;
        }

        /** Each judged alone. */
        public List<InputSpec> candidates() {
            return body().candidates;
        }

        /** Texts that each candidate is asked about too; null for those of the model's card. */
        public List<String> references() {
            return body().references;
        }

        /** Whether the candidates are compared in one prompt. */
        public boolean isTogether() {
            return body().together;
        }

        @Override
        public Request within(TimeValue timeLeft) {
            return new Request(modelId(), body(), timeLeft);
        }

        @Override
        List<String> problems() {
            return emptiness("query", query());
        }

        @Override
        public String getDescription() {
            return "match [" + candidates().size() + "] candidates with model [" + modelId() + "]";
        }
    }

    /** One outcome per candidate, in their order. */
    public static final class Response extends ActionResponse {

        private final ModelSummary model;
        private final List<Outcome> outcomes;

        /**
         * @param model which model judged
         * @param outcomes as many as candidates
         */
        public Response(ModelSummary model, List<Outcome> outcomes) {
            this.model = model;
            this.outcomes = List.copyOf(outcomes);
        }

        /** Reads what {@link #writeTo} wrote. */
        public Response(StreamInput in) throws IOException {
            model = new ModelSummary(in);
            outcomes = in.readCollectionAsImmutableList(Outcome::new);
        }

        /** Which model judged. */
        public ModelSummary model() {
            return model;
        }

        /** As many as candidates, in their order. */
        public List<Outcome> outcomes() {
            return outcomes;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            model.writeTo(out);
            out.writeCollection(outcomes);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Response other
                    && model.equals(other.model)
                    && outcomes.equals(other.outcomes);
        }

        @Override
        public int hashCode() {
            return Objects.hash(model, outcomes);
        }
    }

    /**
     * What became of one candidate: a score, or why there is none.
     *
     * @param score null if it failed
     * @param references scores for the request's other texts, in their order; empty if it failed
     * @param error null if it did not
     */
    public record Outcome(MatchScore score, List<MatchScore> references, String error)
            implements Writeable {

        /** Reads what {@link #writeTo} wrote. */
        public Outcome(StreamInput in) throws IOException {
            this(
                    in.readOptional(Outcome::readScore),
                    in.readCollectionAsImmutableList(Outcome::readScore),
                    in.readOptionalString());
        }

        /** Of a request without other texts. */
        public Outcome(MatchScore score, String error) {
            this(score, List.of(), error);
        }

        private static MatchScore readScore(StreamInput in) throws IOException {
            return new MatchScore(in.readDouble(), in.readDouble());
        }

        private static void writeScore(StreamOutput out, MatchScore score) throws IOException {
            out.writeDouble(score.yesLogit());
            out.writeDouble(score.noLogit());
        }

        /** The score's logit of Yes; only if there is a score. */
        public double yesLogit() {
            return score.yesLogit();
        }

        /** The score's logit of No; only if there is a score. */
        public double noLogit() {
            return score.noLogit();
        }

        /** P(Yes), 0..1; only if there is a score. */
        public double pYes() {
            return score.pYes();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeOptional(Outcome::writeScore, score);
            out.writeCollection(references, Outcome::writeScore);
            out.writeOptionalString(error);
        }
    }
}
