package org.vidvec.action;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestActions;

/** {@code GET _vidvec/stats}: what the inference nodes did since they started. */
public final class RestStatsAction extends BaseRestHandler {

    @Override
    public String getName() {
        return "vidvec_stats_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.GET, "/_vidvec/stats"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return channel ->
                client.execute(
                        StatsAction.INSTANCE,
                        new StatsAction.Request(),
                        new RestActions.NodesResponseRestListener<>(channel));
    }
}
