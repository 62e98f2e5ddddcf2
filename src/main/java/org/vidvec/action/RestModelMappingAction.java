package org.vidvec.action;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestBuilderListener;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * {@code GET _vidvec/models/{model_id}/mapping}: the mapping for what the processor writes with
 * this model, ready to be pasted into an index.
 */
public final class RestModelMappingAction extends BaseRestHandler {

    @Override
    public String getName() {
        return "vidvec_get_model_mapping_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.GET, "/_vidvec/models/{model_id}/mapping"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        ModelsAction.Request models = new ModelsAction.Request(request.param("model_id"));
        return channel ->
                client.execute(
                        ModelsAction.INSTANCE,
                        models,
                        new RestBuilderListener<>(channel) {
                            @Override
                            public RestResponse buildResponse(
                                    ModelsAction.Response response, XContentBuilder builder)
                                    throws Exception {
                                ModelMapping.of(response.models())
                                        .toXContent(builder, channel.request());
                                return new RestResponse(RestStatus.OK, builder);
                            }
                        });
    }
}
