package org.vidvec.action;

import java.util.concurrent.CompletableFuture;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.ChannelActionListener;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.vidvec.inference.InferenceService;

/**
 * An action in two halves: on the node that got the request it picks an inference node, and there
 * it answers. No native library is touched in the first half.
 */
abstract class TransportInferenceAction<Q extends RoutedRequest<?, Q>, R extends ActionResponse>
        extends HandledTransportAction<Q, R> {

    private final InferenceRouter router;
    private final LocalInference local;
    private final ThreadPool threads;
    private final InferenceRouter.NodeAction<R> nodeAction;

    /**
     * @param requestReader of both halves
     */
    TransportInferenceAction(
            String name,
            Host host,
            Writeable.Reader<Q> requestReader,
            Writeable.Reader<R> responseReader) {
        super(
                name,
                host.transport,
                host.filters,
                requestReader,
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.router = host.router;
        this.local = host.local;
        this.threads = host.transport.getThreadPool();
        this.nodeAction =
                new InferenceRouter.NodeAction<>(host.transport, name + "[n]", responseReader);
        host.transport.registerRequestHandler(
                nodeAction.name(),
                threads.generic(),
                requestReader,
                (request, channel, task) ->
                        ActionListener.run(
                                new ChannelActionListener<NodeAnswer<R>>(channel),
                                l -> answerHere(request, (CancellableTask) task, l)));
    }

    /** What the host injects. */
    record Host(
            TransportService transport,
            ActionFilters filters,
            InferenceRouter router,
            LocalInference local) {}

    @Override
    protected final void doExecute(Task task, Q request, ActionListener<R> listener) {
        router.route(nodeAction, request, task, listener);
    }

    private void answerHere(
            Q request, CancellableTask task, ActionListener<NodeAnswer<R>> listener) {
        InferenceService service = local.service();
        // inference completes on its own threads, without the request's context
        ActionListener<NodeAnswer<R>> inContext =
                ContextPreservingActionListener.wrapPreservingContext(
                        listener, threads.getThreadContext());
        answer(
                service,
                request,
                new Caller(task, request.timeout(), threads::relativeTimeInMillis),
                inContext.delegateFailureAndWrap(
                        (l, response) ->
                                l.onResponse(new NodeAnswer<>(response, service.queued()))));
    }

    /** Answers on the inference node, on a generic thread: it may wait for repository or web. */
    abstract void answer(
            InferenceService service, Q request, Caller caller, ActionListener<R> listener);

    /** Passes a future's end on, and the task's cancellation to the future. */
    static <T> void connect(
            CompletableFuture<T> future, CancellableTask task, ActionListener<T> listener) {
        task.addListener(() -> future.cancel(true));
        future.whenComplete(
                (result, failure) -> {
                    if (failure == null) {
                        listener.onResponse(result);
                    } else {
                        listener.onFailure(Failures.of(failure));
                    }
                });
    }
}
