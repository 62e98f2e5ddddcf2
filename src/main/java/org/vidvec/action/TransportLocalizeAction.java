package org.vidvec.action;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.vidvec.model.EmbedInput;
import org.vidvec.moments.ScoredWindow;

/** Does {@link LocalizeAction} as two embeddings: that of the query, and those of the windows. */
public final class TransportLocalizeAction
        extends TransportAction<LocalizeAction.Request, LocalizeAction.Response> {

    private final NodeClient client;

    /** Called by the host. */
    @Inject
    public TransportLocalizeAction(
            TransportService transport, ActionFilters filters, NodeClient client) {
        super(
                LocalizeAction.NAME,
                filters,
                transport.getTaskManager(),
                EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
    }

    @Override
    protected void doExecute(
            Task task,
            LocalizeAction.Request request,
            ActionListener<LocalizeAction.Response> listener) {
        LongSupplier clock = client.threadPool()::relativeTimeInMillis;
        long deadline = clock.getAsLong() + request.timeout().millis();
        EmbedOptions windows =
                new EmbedOptions(
                        EmbedInput.Role.DOCUMENT, null, null, false, request.finding().moments());
        embed(
                task,
                request,
                query(request),
                EmbedOptions.query(QueryKind.MOMENT, null),
                request.timeout(),
                listener.delegateFailureAndWrap(
                        (l, query) ->
                                embed(
                                        task,
                                        request,
                                        List.of(request.video()),
                                        windows,
                                        left(deadline - clock.getAsLong()),
                                        l.map(video -> answer(request, query, video)))));
    }

    /** E-27: the words, behind the frames of the video if that is wanted. */
    private static List<InputSpec> query(LocalizeAction.Request request) {
        List<InputSpec> query = new ArrayList<>();
        if (request.finding().contextualize()) {
            query.add(request.video());
        }
        query.addAll(request.query());
        return query;
    }

    /** Of the whole request's time; the inference node tells that it is over. */
    private static TimeValue left(long millis) {
        return TimeValue.timeValueMillis(Math.max(1, millis));
    }

    private void embed(
            Task task,
            LocalizeAction.Request request,
            List<InputSpec> items,
            EmbedOptions options,
            TimeValue timeout,
            ActionListener<EmbedAction.Response> listener) {
        EmbedAction.Request embed =
                new EmbedAction.Request(request.modelId(), items, options, timeout);
        embed.setParentTask(client.getLocalNodeId(), task.getId());
        client.execute(EmbedAction.INSTANCE, embed, listener);
    }

    private static LocalizeAction.Response answer(
            LocalizeAction.Request request,
            EmbedAction.Response query,
            EmbedAction.Response video) {
        LocalizeAction.Finding finding = request.finding();
        List<ScoredWindow> windows = new ArrayList<>();
        for (EmbeddedMoment moment : video.moments()) {
            windows.add(
                    new ScoredWindow(
                            moment.start(), moment.end(), dot(query.vector(), moment.vector())));
        }
        return new LocalizeAction.Response(
                video.model(), video.media(), finding.merge().segments(windows, finding.size()));
    }

    /** Cosine: both have norm 1. */
    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
