package org.vidvec.action;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.vidvec.inference.InferenceService;
import org.vidvec.inference.InputItem;
import org.vidvec.inference.MatchCall;
import org.vidvec.inference.MatchResult;

/** Does {@link MatchAction}. */
public final class TransportMatchAction
        extends TransportInferenceAction<MatchAction.Request, MatchAction.Response> {

    private final MediaSources sources;

    /** Called by the host. */
    @Inject
    public TransportMatchAction(
            TransportService transport,
            ActionFilters filters,
            InferenceRouter router,
            LocalInference local,
            MediaSources sources) {
        super(
                MatchAction.NAME,
                new Host(transport, filters, router, local),
                MatchAction.Request::new,
                MatchAction.Response::new);
        this.sources = sources;
    }

    @Override
    void answer(
            InferenceService service,
            MatchAction.Request request,
            Caller caller,
            ActionListener<MatchAction.Response> listener) {
        List<InputItem> query = sources.open(request.query(), caller);
        Candidates candidates = null;
        try {
            candidates = openAll(request.candidates(), caller);
        } finally {
            if (candidates == null) {
                MediaSources.close(query);
            }
        }
        MatchCall call =
                new MatchCall(
                        request.modelId(),
                        query,
                        candidates.items,
                        request.references(),
                        request.isTogether(),
                        caller.timeLeft());
        connect(service.match(call), caller.task(), listener.map(candidates::response));
    }

    /** Opens each candidate alone: one that can't be opened must not take the others with it. */
    private Candidates openAll(List<InputSpec> specs, Caller caller) {
        List<InputItem> items = new ArrayList<>(specs.size());
        List<String> errors = new ArrayList<>(specs.size());
        for (InputSpec spec : specs) {
            try {
                items.addAll(sources.open(List.of(spec), caller));
                errors.add(null);
            } catch (RuntimeException e) {
                if (caller.isGone() || Failures.isFull(e)) {
                    MediaSources.close(items);
                    caller.check();
                    throw e;
                }
                errors.add(e.getMessage());
            }
        }
        return new Candidates(items, errors);
    }

    /**
     * @param items those that could be opened
     * @param errors one per candidate, null for those
     */
    private record Candidates(List<InputItem> items, List<String> errors) {

        MatchAction.Response response(MatchResult result) {
            List<MatchAction.Outcome> outcomes = new ArrayList<>(errors.size());
            int next = 0;
            for (String error : errors) {
                if (error != null) {
                    outcomes.add(new MatchAction.Outcome(null, error));
                } else {
                    MatchResult.Outcome outcome = result.outcomes().get(next++);
                    outcomes.add(
                            new MatchAction.Outcome(
                                    outcome.score(), outcome.references(), outcome.error()));
                }
            }
            return new MatchAction.Response(new ModelSummary(result.model()), outcomes);
        }
    }
}
