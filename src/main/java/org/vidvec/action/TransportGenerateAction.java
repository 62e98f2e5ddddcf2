package org.vidvec.action;

import java.util.function.Consumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.vidvec.inference.InferenceService;
import org.vidvec.inference.WriteCall;
import org.vidvec.inference.WriteResult;

/** Does {@link GenerateAction}. */
public final class TransportGenerateAction
        extends TransportInferenceAction<GenerateAction.Request, GenerateAction.Response> {

    private static final String PART = GenerateAction.NAME + "[p]";

    private final MediaSources sources;
    private final TransportService transport;
    private final ClusterService cluster;

    /** Called by the host. */
    @Inject
    public TransportGenerateAction(
            TransportService transport,
            ActionFilters filters,
            InferenceRouter router,
            LocalInference local,
            MediaSources sources,
            ClusterService cluster,
            TextStreams streams) {
        super(
                GenerateAction.NAME,
                new Host(transport, filters, router, local),
                GenerateAction.Request::new,
                GenerateAction.Response::new);
        this.sources = sources;
        this.transport = transport;
        this.cluster = cluster;
        transport.registerRequestHandler(
                PART,
                EsExecutors.DIRECT_EXECUTOR_SERVICE,
                TextStreams.Part::new,
                (part, channel, task) -> {
                    streams.take(part);
                    channel.sendResponse(ActionResponse.Empty.INSTANCE);
                });
    }

    @Override
    void answer(
            InferenceService service,
            GenerateAction.Request request,
            Caller caller,
            ActionListener<GenerateAction.Response> listener) {
        WriteCall call =
                new WriteCall(
                        request.modelId(),
                        sources.open(request.items(), caller),
                        request.question(),
                        request.sampling() == null ? null : request.sampling().sampling(),
                        request.options(),
                        pieces(request),
                        caller.timeLeft());
        connect(
                service.write(call),
                caller.task(),
                listener.map(TransportGenerateAction::response));
    }

    /** To the node that asked, if anybody there hears them. */
    private Consumer<String> pieces(GenerateAction.Request request) {
        DiscoveryNode asking =
                request.listener() == null
                        ? null
                        : cluster.state().nodes().get(request.getParentTask().getNodeId());
        return asking == null
                ? piece -> {}
                : new PartSender(transport, asking, PART, request.listener());
    }

    private static GenerateAction.Response response(WriteResult result) {
        return new GenerateAction.Response(
                result.written().text(),
                result.written().tokens(),
                result.written().finish(),
                new ModelSummary(result.model()));
    }
}
