package org.vidvec.search;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.elasticsearch.client.internal.node.NodeClient;

/**
 * What a rescorer needs of its node. The plugin hands it to the rescorer's readers, which
 * Elasticsearch asks for before there is a client, hence the suppliers.
 *
 * @param client the node's client
 * @param maxRescoreWindow the value of the cluster setting {@code vidvec.rescore.max_window_size}
 */
public record SearchServices(Supplier<NodeClient> client, IntSupplier maxRescoreWindow) {}
