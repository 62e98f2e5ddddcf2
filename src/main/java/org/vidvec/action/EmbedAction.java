package org.vidvec.action;

import java.io.IOException;
import java.util.Arrays;
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

/** Turns items into one vector, on whichever inference node has the model and is least busy. */
public final class EmbedAction extends ActionType<EmbedAction.Response> {

    /** The action's name: a reading action of the cluster, so {@code monitor} covers it. */
    public static final String NAME = "cluster:monitor/vidvec/embed";

    /** The only instance. */
    public static final EmbedAction INSTANCE = new EmbedAction();

    private EmbedAction() {
        super(NAME);
    }

    /**
     * What becomes one vector.
     *
     * @param items read together, in order
     * @param options how
     */
    private record Body(List<InputSpec> items, EmbedOptions options) implements Writeable {

        private Body {
            items = List.copyOf(items);
            Objects.requireNonNull(options);
        }

        private Body(StreamInput in) throws IOException {
            this(in.readCollectionAsImmutableList(InputSpec::readFrom), new EmbedOptions(in));
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeCollection(items);
            options.writeTo(out);
        }
    }

    /** One vector, please. */
    public static final class Request extends RoutedRequest<Body, Request> {

        /**
         * @param modelId which model
         * @param items read together, in order
         * @param options how
         * @param timeout from now on, waiting included
         */
        public Request(
                String modelId, List<InputSpec> items, EmbedOptions options, TimeValue timeout) {
            super(modelId, new Body(items, options), timeout);
        }

        /** Reads what {@link #writeTo} wrote. */
        public Request(StreamInput in) throws IOException {
            super(in, Body::new);
        }

        /** Read together, in order. */
        public List<InputSpec> items() {
            return body().items;
        }

        /** How. */
        public EmbedOptions options() {
            return body().options;
        }

        @Override
        public Request within(TimeValue timeLeft) {
            return new Request(modelId(), items(), options(), timeLeft);
        }

        @Override
        List<String> problems() {
            return emptiness("input", items());
        }

        @Override
        public String getDescription() {
            return "embed [" + items().size() + "] items with model [" + modelId() + "]";
        }
    }

    /** A vector and where it comes from. */
    public static final class Response extends ActionResponse implements ToXContentObject {

        private final float[] vector;
        private final int tokens;
        private final ModelSummary model;
        private final MediaFacts media;
        private final List<EmbeddedMoment> moments;

        /**
         * @param vector [dims], norm 1
         * @param tokens decoder tokens read
         * @param model which model made it
         * @param media facts of the first media item; null for text alone
         * @param moments of a video, or the pages of a document, in order, if they were asked for
         */
        public Response(
                float[] vector,
                int tokens,
                ModelSummary model,
                MediaFacts media,
                List<EmbeddedMoment> moments) {
            this.vector = vector;
            this.tokens = tokens;
            this.model = model;
            this.media = media;
            this.moments = List.copyOf(moments);
        }

        /** Without moments. */
        public Response(float[] vector, int tokens, ModelSummary model, MediaFacts media) {
            this(vector, tokens, model, media, List.of());
        }

        /** Reads what {@link #writeTo} wrote. */
        public Response(StreamInput in) throws IOException {
            vector = in.readFloatArray();
            tokens = in.readVInt();
            model = new ModelSummary(in);
            media = in.readOptionalWriteable(MediaFacts::new);
            moments = in.readCollectionAsImmutableList(EmbeddedMoment::new);
        }

        /** [dims], norm 1. */
        public float[] vector() {
            return vector;
        }

        /** Decoder tokens read. */
        public int tokens() {
            return tokens;
        }

        /** Which model made it. */
        public ModelSummary model() {
            return model;
        }

        /** Facts of the first media item; null for text alone. */
        public MediaFacts media() {
            return media;
        }

        /** Of a video, in order, if they were asked for; else empty. */
        public List<EmbeddedMoment> moments() {
            return moments;
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            builder.startObject()
                    .field("model_id", model.info().id())
                    .field("fingerprint", model.info().fingerprint())
                    .field("tokens", tokens);
            if (media != null) {
                builder.startObject("media");
                media.toXContent(builder, params);
                builder.endObject();
            }
            if (moments.isEmpty() == false) {
                parts(builder, params);
            }
            return builder.startArray("embeddings")
                    .startObject()
                    .array("embedding", vector)
                    .endObject()
                    .endArray()
                    .endObject();
        }

        private void parts(XContentBuilder builder, Params params) throws IOException {
            boolean paged = media != null && media.isPaged();
            builder.startArray(paged ? "pages" : "moments");
            for (int i = 0; i < moments.size(); i++) {
                if (paged) {
                    builder.startObject()
                            .field("page", i + 1)
                            .array("embedding", moments.get(i).vector())
                            .endObject();
                } else {
                    moments.get(i).toXContent(builder, params);
                }
            }
            builder.endArray();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeFloatArray(vector);
            out.writeVInt(tokens);
            model.writeTo(out);
            out.writeOptionalWriteable(media);
            out.writeCollection(moments);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Response other
                    && Arrays.equals(vector, other.vector)
                    && tokens == other.tokens
                    && model.equals(other.model)
                    && Objects.equals(media, other.media)
                    && moments.equals(other.moments);
        }

        @Override
        public int hashCode() {
            return Objects.hash(Arrays.hashCode(vector), tokens, model, media, moments);
        }
    }
}
