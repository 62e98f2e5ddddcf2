package org.vidvec.action;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.Strings;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestActions;

/**
 * {@code GET _vidvec/stats} and {@code GET _vidvec/{node_id}/stats}: what the inference nodes, or
 * those of them that are named, did since they started.
 */
public final class RestStatsAction extends BaseRestHandler {

    @Override
    public String getName() {
        return "vidvec_stats_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(RestRequest.Method.GET, "/_vidvec/stats"),
                new Route(RestRequest.Method.GET, "/_vidvec/{node_id}/stats"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        String[] nodes = Strings.splitStringByCommaToArray(request.param("node_id"));
        return channel ->
                client.execute(
                        StatsAction.INSTANCE,
                        new StatsAction.Request(nodes),
                        new RestActions.NodesResponseRestListener<>(channel));
    }
}
