package org.vidvec.action;

import java.time.Duration;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.transport.TransportService;
import org.vidvec.inference.InferenceService;
import org.vidvec.inference.WriteCall;
import org.vidvec.inference.WriteResult;

/** Does {@link GenerateAction}. */
public final class TransportGenerateAction
        extends TransportInferenceAction<GenerateAction.Request, GenerateAction.Response> {

    private final MediaSources sources;

    /** Called by the host. */
    @Inject
    public TransportGenerateAction(
            TransportService transport,
            ActionFilters filters,
            InferenceRouter router,
            LocalInference local,
            MediaSources sources) {
        super(
                GenerateAction.NAME,
                new Host(transport, filters, router, local),
                GenerateAction.Request::new,
                GenerateAction.Response::new);
        this.sources = sources;
    }

    @Override
    void answer(
            InferenceService service,
            GenerateAction.Request request,
            CancellableTask task,
            ActionListener<GenerateAction.Response> listener) {
        WriteCall call =
                new WriteCall(
                        request.modelId(),
                        sources.open(request.items()),
                        request.question(),
                        request.sampling() == null ? null : request.sampling().sampling(),
                        request.options(),
                        piece -> {},
                        Duration.ofMillis(request.timeout().millis()));
        connect(service.write(call), task, listener.map(TransportGenerateAction::response));
    }

    private static GenerateAction.Response response(WriteResult result) {
        return new GenerateAction.Response(
                result.written().text(),
                result.written().tokens(),
                result.written().finish(),
                new ModelSummary(result.model()));
    }
}
