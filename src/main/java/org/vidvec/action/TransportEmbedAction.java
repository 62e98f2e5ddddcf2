package org.vidvec.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.vidvec.inference.EmbedCall;
import org.vidvec.inference.EmbedResult;
import org.vidvec.inference.InferenceService;
import org.vidvec.inference.MomentsWanted;

/** Does {@link EmbedAction}. */
public final class TransportEmbedAction
        extends TransportInferenceAction<EmbedAction.Request, EmbedAction.Response> {

    private final MediaSources sources;
    private final MomentLimit limit;

    /** Called by the host. */
    @Inject
    public TransportEmbedAction(
            TransportService transport,
            ActionFilters filters,
            InferenceRouter router,
            LocalInference local,
            MediaSources sources,
            MomentLimit limit) {
        super(
                EmbedAction.NAME,
                new Host(transport, filters, router, local),
                EmbedAction.Request::new,
                EmbedAction.Response::new);
        this.sources = sources;
        this.limit = limit;
    }

    @Override
    void answer(
            InferenceService service,
            EmbedAction.Request request,
            Caller caller,
            ActionListener<EmbedAction.Response> listener) {
        EmbedOptions options = request.options();
        MomentsWanted moments = options.moments() == null ? null : limit.wanted(options.moments());
        EmbedCall call =
                new EmbedCall(
                        request.modelId(),
                        sources.open(request.items(), caller),
                        options.role(),
                        options.instruction(),
                        options.sampling() == null ? null : options.sampling().sampling(),
                        options.keepFrames(),
                        moments,
                        options.truncate(),
                        caller.timeLeft());
        connect(service.embed(call), caller.task(), listener.map(TransportEmbedAction::response));
    }

    private static EmbedAction.Response response(EmbedResult result) {
        EmbedResult.Media media = result.media();
        MediaFacts facts =
                media == null
                        ? null
                        : new MediaFacts(
                                media.info(),
                                media.sha256(),
                                media.framesSampled(),
                                media.strip() == null ? null : new BytesArray(media.strip()));
        return new EmbedAction.Response(
                result.vector(),
                result.tokens(),
                new ModelSummary(result.model()),
                facts,
                result.moments().stream().map(EmbeddedMoment::new).toList());
    }
}
