package org.vidvec.ingest;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.Processor;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbedOptions;
import org.vidvec.action.GenerateAction;
import org.vidvec.action.InputSpec;
import org.vidvec.action.ModelFingerprints;
import org.vidvec.action.MomentLimit;

/**
 * The ingest processor {@code vidvec}: embeds the video, image or text of a field and writes the
 * vector with its provenance. It never waits: many documents of a bulk are under way together, and
 * an inference node makes batches of them.
 */
public final class VidvecProcessor extends AbstractProcessor {

    /** Its name in pipelines. */
    public static final String TYPE = "vidvec";

    private final ProcessorOptions options;
    private final Client client;
    private final MediaField field;
    private final ExistingEmbedding existing;
    private final EmbeddingWriter writer;
    private final SlowLog slow;

    VidvecProcessor(
            String tag,
            String description,
            ProcessorOptions options,
            Client client,
            ModelFingerprints fingerprints,
            SlowLog slow) {
        super(tag, description);
        this.options = options;
        this.client = client;
        this.field = new MediaField(options.field(), options.embedding().type());
        this.existing = new ExistingEmbedding(options, fingerprints);
        this.writer = new EmbeddingWriter(options);
        this.slow = slow;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public boolean isAsync() {
        return true;
    }

    @Override
    public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        long start = now();
        ActionListener<IngestDocument> listener =
                ActionListener.wrap(
                        done -> {
                            slow.done(document, options, now() - start, null);
                            handler.accept(done, null);
                        },
                        e -> {
                            slow.done(document, options, now() - start, e);
                            handler.accept(null, naming(e));
                        });
        InputSpec spec;
        try {
            spec = read(document);
        } catch (Exception e) {
            handler.accept(null, naming(e));
            return;
        }
        if (spec == null) {
            handler.accept(document, null);
        } else if (options.handling().skipExisting()) {
            existing.check(
                    document,
                    spec,
                    listener.delegateFailureAndWrap(
                            (l, same) -> {
                                if (same) {
                                    finish(document);
                                    l.onResponse(document);
                                } else {
                                    embed(document, spec, l);
                                }
                            }));
        } else {
            embed(document, spec, listener);
        }
    }

    /** A fault of the value names its field: what reads a link further down does not know it. */
    private Exception naming(Exception failure) {
        Throwable cause = ExceptionsHelper.unwrapCause(failure);
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof IllegalArgumentException
                && message.contains("[" + options.field() + "]") == false) {
            return new IllegalArgumentException(
                    "field [" + options.field() + "]: " + message, failure);
        }
        return failure;
    }

    /** What is to be embedded, or null if there is nothing and that is allowed. */
    private InputSpec read(IngestDocument document) {
        boolean ignore = options.handling().ignoreMissing();
        Object value = document.getFieldValue(options.field(), Object.class, ignore);
        if (value != null) {
            return field.read(value);
        }
        if (ignore) {
            return null;
        }
        throw new IllegalArgumentException(
                "field ["
                        + options.field()
                        + "] is null; give it a value or set [ignore_missing: true]");
    }

    private void embed(
            IngestDocument document, InputSpec spec, ActionListener<IngestDocument> listener) {
        long deadline = now() + options.handling().timeout().millis();
        ProcessorOptions.Reading reading = options.embedding();
        boolean keepFrames =
                spec.type() != InputSpec.Type.TEXT
                        && options.properties().contains(ProcessorOptions.Property.FRAMES);
        EmbedAction.Request request =
                new EmbedAction.Request(
                        options.modelId(),
                        List.of(spec),
                        EmbedOptions.document(
                                reading.instruction(),
                                reading.sampling(),
                                keepFrames,
                                reading.parts(spec.type())),
                        options.handling().timeout());
        new AskUntilDone<EmbedAction.Response>(
                        client,
                        request.timeout(),
                        (left, l) -> client.execute(EmbedAction.INSTANCE, request.within(left), l),
                        listener.delegateFailureAndWrap(
                                (l, response) -> caption(spec, response, document, deadline, l)))
                .run();
    }

    /** With a caption, if one is wanted of media; then all is written at once. */
    private void caption(
            InputSpec spec,
            EmbedAction.Response response,
            IngestDocument document,
            long deadline,
            ActionListener<IngestDocument> listener) {
        boolean wanted = options.properties().contains(ProcessorOptions.Property.CAPTION);
        if (wanted == false || spec.type() == InputSpec.Type.TEXT) {
            write(document, spec, response, null, listener);
            return;
        }
        GenerateAction.Request request =
                new GenerateAction.Request(
                        options.modelId(),
                        List.of(spec),
                        null,
                        options.embedding().sampling(),
                        GenerateAction.DEFAULT_OPTIONS,
                        TimeValue.timeValueMillis(Math.max(1, deadline - now())));
        new AskUntilDone<GenerateAction.Response>(
                        client,
                        request.timeout(),
                        (left, l) ->
                                client.execute(GenerateAction.INSTANCE, request.within(left), l),
                        listener.delegateFailureAndWrap(
                                (l, written) -> write(document, spec, response, written.text(), l)))
                .run();
    }

    private void write(
            IngestDocument document,
            InputSpec spec,
            EmbedAction.Response response,
            String caption,
            ActionListener<IngestDocument> listener) {
        writer.write(document, spec.type(), response, caption);
        finish(document);
        listener.onResponse(document);
    }

    private long now() {
        return client.threadPool().relativeTimeInMillis();
    }

    private void finish(IngestDocument document) {
        if (options.handling().removeBinary()) {
            document.removeField(options.field());
        }
    }

    /** Makes processors; whether the model is there shows only when a document comes. */
    public static final class Factory implements Processor.Factory {

        private final Client client;
        private final MomentLimit limit;
        private final SlowLog slow;
        private final ModelFingerprints fingerprints;

        /** Called by the plugin. */
        public Factory(Client client, MomentLimit limit, SlowLog slow) {
            this.client = client;
            this.limit = limit;
            this.slow = slow;
            this.fingerprints =
                    new ModelFingerprints(client, client.threadPool()::relativeTimeInMillis);
        }

        @Override
        public VidvecProcessor create(
                Map<String, Processor.Factory> processors,
                String tag,
                String description,
                Map<String, Object> config,
                ProjectId projectId)
                throws Exception {
            ProcessorOptions options = new ProcessorOptionsReader(tag, config, limit).read();
            return new VidvecProcessor(tag, description, options, client, fingerprints, slow);
        }
    }
}
