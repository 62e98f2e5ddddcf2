package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.elasticsearch.action.support.nodes.BaseNodesResponse;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.transport.AbstractTransportRequest;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.inference.InferenceStats;

/** Asks inference nodes for their counters. */
public final class StatsAction extends ActionType<StatsAction.Response> {

    /** The action's name: a reading action of the cluster, so {@code monitor} covers it. */
    public static final String NAME = "cluster:monitor/vidvec/stats";

    /** The only instance. */
    public static final StatsAction INSTANCE = new StatsAction();

    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(30);

    private StatsAction() {
        super(NAME);
    }

    /** What was done so far? */
    public static final class Request extends BaseNodesRequest {

        /**
         * @param nodes ids, names or filters as the host's own nodes APIs take them; none for all
         */
        public Request(String... nodes) {
            super(nodes);
            setTimeout(TIMEOUT);
        }
    }

    /** The counters of those inference nodes that were asked. */
    public static final class Response extends BaseNodesResponse<NodeStats>
            implements ToXContentFragment {

        Response(ClusterName cluster, List<NodeStats> nodes, List<FailedNodeException> failures) {
            super(cluster, nodes, failures);
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            return new StatsReport(getNodes().stream().map(NodeStats::stats).toList())
                    .toXContent(builder, params);
        }

        @Override
        protected List<NodeStats> readNodesFrom(StreamInput in) {
            return TransportAction.localOnly();
        }

        @Override
        protected void writeNodesTo(StreamOutput out, List<NodeStats> nodes) {
            TransportAction.localOnly();
        }
    }

    /** The question to one node. */
    static final class NodeRequest extends AbstractTransportRequest {

        NodeRequest() {}

        NodeRequest(StreamInput in) throws IOException {
            super(in);
        }
    }

    /** One node's answer. */
    static final class NodeStats extends BaseNodeResponse {

        private final InferenceStats stats;

        NodeStats(DiscoveryNode node, InferenceStats stats) {
            super(node);
            this.stats = stats;
        }

        NodeStats(StreamInput in, DiscoveryNode node) throws IOException {
            super(in, node);
            stats = StatsWire.read(in);
        }

        InferenceStats stats() {
            return stats;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            StatsWire.write(out, stats);
        }
    }
}
