package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
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

    /** A text, please. */
    public static final class Request extends ActionRequest implements RoutedRequest<Request> {

        private final String modelId;
        private final List<InputSpec> items;
        private final String question;
        private final SamplingSpec sampling;
        private final WriteOptions options;
        private final TimeValue timeout;

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
            this.modelId = modelId;
            this.items = List.copyOf(items);
            this.question = question;
            this.sampling = sampling;
            this.options = Objects.requireNonNull(options);
            this.timeout = Objects.requireNonNull(timeout);
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in);
            modelId = in.readString();
            items = in.readCollectionAsImmutableList(InputSpec::readFrom);
            question = in.readOptionalString();
            sampling = in.readOptionalWriteable(SamplingSpec::new);
            options =
                    new WriteOptions(
                            in.readVInt(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readLong(),
                            in.readStringCollectionAsImmutableList());
            timeout = in.readTimeValue();
        }

        @Override
        public String modelId() {
            return modelId;
        }

        /** What the text is about, in order. */
        public List<InputSpec> items() {
            return items;
        }

        /** Null for a caption. */
        public String question() {
            return question;
        }

        SamplingSpec sampling() {
            return sampling;
        }

        /** How it is written. */
        public WriteOptions options() {
            return options;
        }

        @Override
        public TimeValue timeout() {
            return timeout;
        }

        @Override
        public Request within(TimeValue timeLeft) {
            return new Request(modelId, items, question, sampling, options, timeLeft);
        }

        @Override
        public ActionRequestValidationException validate() {
            ActionRequestValidationException errors = null;
            if (modelId == null || modelId.isEmpty()) {
                errors = ValidateActions.addValidationError("[model_id] is missing", errors);
            }
            if (items.isEmpty()) {
                errors =
                        ValidateActions.addValidationError(
                                "[input] must hold at least one item", errors);
            }
            if (question != null && question.isBlank()) {
                errors =
                        ValidateActions.addValidationError(
                                "[question] is empty; ask something", errors);
            }
            return errors;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeString(modelId);
            out.writeCollection(items);
            out.writeOptionalString(question);
            out.writeOptionalWriteable(sampling);
            out.writeVInt(options.maxNewTokens());
            out.writeDouble(options.temperature());
            out.writeDouble(options.topP());
            out.writeLong(options.seed());
            out.writeStringCollection(options.stop());
            out.writeTimeValue(timeout);
        }

        @Override
        public Task createTask(
                long id, String type, String action, TaskId parent, Map<String, String> headers) {
            return new CancellableTask(id, type, action, getDescription(), parent, headers);
        }

        @Override
        public String getDescription() {
            return "write with model [" + modelId + "]";
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Request other
                    && Objects.equals(modelId, other.modelId)
                    && items.equals(other.items)
                    && Objects.equals(question, other.question)
                    && Objects.equals(sampling, other.sampling)
                    && options.equals(other.options)
                    && timeout.equals(other.timeout);
        }

        @Override
        public int hashCode() {
            return Objects.hash(modelId, items, question, sampling, options, timeout);
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
