package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestCancellableNodeClient;
import org.elasticsearch.xcontent.XContentParser;

/**
 * An endpoint that is asked by POST with a JSON body. What it asks in turn is cancelled when the
 * caller goes away.
 *
 * @param <B> what the body says
 */
abstract class RestPostAction<B> extends BaseRestHandler {

    private final String name;
    private final List<Route> routes;

    /**
     * @param name in the host's statistics
     * @param routes where it is asked
     */
    RestPostAction(String name, Route... routes) {
        this.name = name;
        this.routes = List.of(routes);
    }

    /** Reads the body. */
    abstract B read(RestRequest request, XContentParser parser) throws IOException;

    /** Asks and answers. */
    abstract void answer(B body, Client client, RestChannel channel);

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final List<Route> routes() {
        return routes;
    }

    @Override
    protected final RestChannelConsumer prepareRequest(RestRequest request, NodeClient client)
            throws IOException {
        B body;
        try (XContentParser parser = request.contentParser()) {
            body = read(request, parser);
        }
        return channel ->
                answer(
                        body,
                        new RestCancellableNodeClient(client, request.getHttpChannel()),
                        channel);
    }
}
