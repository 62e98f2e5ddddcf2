package org.vidvec.search;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.elasticsearch.client.internal.node.NodeClient;

/**
 * What rescorer and retriever need of their node. The plugin hands it to their readers, which
 * Elasticsearch asks for before there is a client, hence the suppliers.
 *
 * @param client the node's client
 * @param maxRescoreWindow the value of the cluster setting {@code vidvec.rescore.max_window_size}
 */
public record SearchServices(Supplier<NodeClient> client, IntSupplier maxRescoreWindow) {

    /**
     * What is wrong with a window above the limit; null for nothing.
     *
     * @param what it is called
     */
    String tooLarge(String what, int window) {
        int limit = maxRescoreWindow.getAsInt();
        return window <= limit
                ? null
                : what
                        + " ["
                        + window
                        + "] is too large. It must be less than ["
                        + limit
                        + "]. This limit can be set by changing the"
                        + " [vidvec.rescore.max_window_size] cluster setting";
    }
}
