package org.vidvec.search;

import java.util.List;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.CountDownActionListener;
import org.elasticsearch.client.internal.Client;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbedOptions;
import org.vidvec.action.InputSpec;

/**
 * Makes a query's vector: reads stored documents, then embeds all in one pass or each alone. Never
 * waits.
 *
 * @param client of the node that searches, with the user's rights
 * @param spec what is asked for
 */
record QueryVector(Client client, QuerySpec spec) {

    void make(ActionListener<float[]> listener) {
        Requirements.require("model_id", VidvecClauses.NO_MODEL, spec.modelId());
        new Lookups(client)
                .resolve(
                        spec.all(),
                        listener.delegateFailureAndWrap(
                                (l, items) -> {
                                    if (spec.style().fusion() == Fusion.WEIGHTED) {
                                        embedEach(items, l);
                                    } else {
                                        embed(items.stream().map(QueryItem::input).toList(), l);
                                    }
                                }));
    }

    private void embedEach(List<QueryItem> items, ActionListener<float[]> listener) {
        List<Float> weights =
                items.stream().map(i -> i.weight() == null ? 1f : i.weight()).toList();
        float[][] vectors = new float[items.size()][];
        ActionListener<Void> each =
                new CountDownActionListener(
                        items.size(), listener.map(done -> Fusion.sum(List.of(vectors), weights)));
        for (int i = 0; i < items.size(); i++) {
            int place = i;
            embed(
                    List.of(items.get(i).input()),
                    each.map(
                            vector -> {
                                vectors[place] = vector;
                                return null;
                            }));
        }
    }

    private void embed(List<InputSpec> input, ActionListener<float[]> listener) {
        EmbedAction.Request request =
                new EmbedAction.Request(
                        spec.modelId(),
                        input,
                        EmbedOptions.query(spec.style().mode().kind(), spec.instruction())
                                .truncating(spec.style().truncate() == EmbedOptions.Truncate.END),
                        spec.timeout());
        client.execute(
                EmbedAction.INSTANCE,
                SearchTask.adopt(client, request),
                listener.map(EmbedAction.Response::vector));
    }
}
