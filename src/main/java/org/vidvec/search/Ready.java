package org.vidvec.search;

import java.util.function.Supplier;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.index.query.QueryRewriteContext;

/**
 * What the node that got the search finds out before anything is judged.
 *
 * @param model that judges
 * @param spec what is asked for, with the query's documents read, and with a calibration
 */
record Ready(ModelLookup.Found model, RescoreSpec spec) {

    /**
     * Finds it out while the search is rewritten.
     *
     * @return gives null until all is known
     */
    static Supplier<Ready> ask(QueryRewriteContext context, RescoreSpec spec) {
        SetOnce<Ready> found = new SetOnce<>();
        context.registerAsyncAction(
                (client, listener) ->
                        find(
                                client,
                                spec,
                                listener.map(
                                        ready -> {
                                            found.set(ready);
                                            return null;
                                        })));
        return found::get;
    }

    /**
     * What is under way can't be sent to another node.
     *
     * @param answer the question that is still open; null for none
     * @throws IllegalStateException if there is one
     */
    static void requireFound(Supplier<Ready> answer) {
        if (answer != null) {
            throw new IllegalStateException("the model has been asked for but not yet found");
        }
    }

    private static void find(Client client, RescoreSpec spec, ActionListener<Ready> listener) {
        ModelLookup.run(
                client,
                spec,
                listener.delegateFailureAndWrap(
                        (l, model) ->
                                new Lookups(client)
                                        .resolve(
                                                spec.query(),
                                                l.map(
                                                        items ->
                                                                new Ready(
                                                                        model,
                                                                        spec.with(items)
                                                                                .calibratedBy(
                                                                                        model
                                                                                                .calibration()))))));
    }
}
