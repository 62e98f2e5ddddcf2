package org.vidvec.action;

import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.rest.RestStatus;

/** Which nodes of the cluster hold models: those that say so by a node attribute. */
public final class InferenceNodes {

    /** The node attribute; the plugin sets it from {@code vidvec.inference.enabled}. */
    public static final String ATTRIBUTE = "vidvec.inference";

    private InferenceNodes() {}

    /** The inference nodes, in no particular order; may be none. */
    static List<DiscoveryNode> of(DiscoveryNodes nodes) {
        return nodes.stream()
                .filter(node -> "true".equals(node.getAttributes().get(ATTRIBUTE)))
                .toList();
    }

    /** Says that there is none, and how to get one. */
    static ElasticsearchStatusException none() {
        return new ElasticsearchStatusException(
                "there is no inference node in the cluster; set [vidvec.inference.enabled: true] in"
                        + " elasticsearch.yml of at least one node and try again",
                RestStatus.SERVICE_UNAVAILABLE);
    }

    /** Says that there are some, but none could be reached. */
    static ElasticsearchStatusException unreachable(Exception last) {
        return new ElasticsearchStatusException(
                "no inference node could be reached; try again",
                RestStatus.SERVICE_UNAVAILABLE,
                last);
    }
}
