package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.model.WriteOptions;

/** Has a model write about items: a caption, or the answer to a question. */
public final class GenerateAction extends ActionType<GenerateAction.Response> {

    /** The action's name: a reading action of the cluster, so {@code monitor} covers it. */
    public static final String NAME = "cluster:monitor/vidvec/generate";

    /** The only instance. */
    public static final GenerateAction INSTANCE = new GenerateAction();

    /** The most likely tokens, as many as the model's card says. */
    public static final WriteOptions DEFAULT_OPTIONS = WriteOptions.DEFAULT;

    private GenerateAction() {
        super(NAME);
    }

    /**
     * What is asked.
     *
     * @param items what the text is about, in order
     * @param question null for a caption
     * @param sampling which frames of a video are looked at; null for the model's own
     * @param options how it is written
     * @param listener of {@link TextStreams} on the node that asks; null for nobody
     */
    private record Body(
            List<InputSpec> items,
            String question,
            SamplingSpec sampling,
            WriteOptions options,
            Long listener)
            implements Writeable {

        private Body {
            items = List.copyOf(items);
            Objects.requireNonNull(options);
        }

        private Body(StreamInput in) throws IOException {
            this(
                    in.readCollectionAsImmutableList(InputSpec::readFrom),
                    in.readOptionalString(),
                    in.readOptionalWriteable(SamplingSpec::new),
                    new WriteOptions(
                            in.readVInt(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readLong(),
                            in.readStringCollectionAsImmutableList()),
                    in.readOptionalLong());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeCollection(items);
            out.writeOptionalString(question);
            out.writeOptionalWriteable(sampling);
            out.writeVInt(options.maxNewTokens());
            out.writeDouble(options.temperature());
            out.writeDouble(options.topP());
            out.writeLong(options.seed());
            out.writeStringCollection(options.stop());
            out.writeOptionalLong(listener);
        }
    }

    /** A text, please. */
    public static final class Request extends RoutedRequest<Body, Request> {

        /**
         * @param modelId which model
         * @param items what the text is about, in order
         * @param question null for a caption
         * @param sampling which frames of a video are looked at; null for the model's own
         * @param options how it is written
         * @param timeout from now on, waiting included
         */
        public Request(
                String modelId,
                List<InputSpec> items,
                String question,
                SamplingSpec sampling,
                WriteOptions options,
                TimeValue timeout) {
            this(modelId, new Body(items, question, sampling, options, null), timeout);
        }

        private Request(String modelId, Body body, TimeValue timeout) {
            super(modelId, body, timeout);
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in, Body::new);
        }

        /** What the text is about, in order. */
        public List<InputSpec> items() {
            return body().items;
        }

        /** Null for a caption. */
        public String question() {
            return body().question;
        }

        SamplingSpec sampling() {
            return body().sampling;
        }

        /** How it is written. */
        public WriteOptions options() {
            return body().options;
        }

        /** Of {@link TextStreams} on the node that asks; null for nobody. */
        Long listener() {
            return body().listener;
        }

        /** The same, heard while it is written. */
        Request heardBy(long listener) {
            Body heard = new Body(items(), question(), sampling(), options(), listener);
            return new Request(modelId(), heard, timeout());
        }

        @Override
        public Request within(TimeValue timeLeft) {
            return new Request(modelId(), body(), timeLeft);
        }

        @Override
        List<String> problems() {
            List<String> problems = new ArrayList<>(emptiness("input", items()));
            if (question() != null && question().isBlank()) {
                problems.add("[question] is empty; ask something");
            }
            return problems;
        }

        @Override
        public String getDescription() {
            return "write with model [" + modelId() + "]";
        }
    }

    /** A text. */
    public static final class Response extends ActionResponse implements ToXContentObject {

        private final String text;
        private final int tokens;
        private final String finish;
        private final ModelSummary model;

        /**
         * @param text what was written
         * @param tokens that it took
         * @param finish {@code stop} or {@code length}
         * @param model which model wrote it
         */
        public Response(String text, int tokens, String finish, ModelSummary model) {
            this.text = text;
            this.tokens = tokens;
            this.finish = finish;
            this.model = model;
        }

        /** Reads what {@link #writeTo} wrote. */
        public Response(StreamInput in) throws IOException {
            this(in.readString(), in.readVInt(), in.readString(), new ModelSummary(in));
        }

        /** What was written. */
        public String text() {
            return text;
        }

        /** The last event of a text that was heard while it was written: what is left of it. */
        XContentBuilder lastEvent(XContentBuilder builder, int heard) throws IOException {
            return builder.startObject()
                    .field("model_id", model.info().id())
                    .field("fingerprint", model.fingerprint())
                    .startArray("completion")
                    .startObject()
                    .field("delta", text.substring(Math.min(heard, text.length())))
                    .field("tokens", tokens)
                    .field("finish_reason", finish)
                    .endObject()
                    .endArray()
                    .endObject();
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            return builder.startObject()
                    .field("model_id", model.info().id())
                    .field("fingerprint", model.fingerprint())
                    .startArray("completion")
                    .startObject()
                    .field("result", text)
                    .field("tokens", tokens)
                    .field("finish_reason", finish)
                    .endObject()
                    .endArray()
                    .endObject();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(text);
            out.writeVInt(tokens);
            out.writeString(finish);
            model.writeTo(out);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Response other
                    && text.equals(other.text)
                    && tokens == other.tokens
                    && finish.equals(other.finish)
                    && model.equals(other.model);
        }

        @Override
        public int hashCode() {
            return Objects.hash(text, tokens, finish, model);
        }
    }
}
