package org.vidvec.action;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestActions;

/** {@code GET _vidvec/models} and {@code GET _vidvec/models/{model_id}}: the models there are. */
public final class RestModelsAction extends BaseRestHandler {

    @Override
    public String getName() {
        return "vidvec_get_models_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(RestRequest.Method.GET, "/_vidvec/models"),
                new Route(RestRequest.Method.GET, "/_vidvec/models/{model_id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        ModelsAction.Request models = new ModelsAction.Request(request.param("model_id"));
        return channel ->
                client.execute(
                        ModelsAction.INSTANCE,
                        models,
                        new RestActions.NodesResponseRestListener<>(channel));
    }
}
