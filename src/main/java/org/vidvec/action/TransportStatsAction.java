package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** Does {@link StatsAction}. */
public final class TransportStatsAction
        extends TransportNodesAction<
                StatsAction.Request,
                StatsAction.Response,
                StatsAction.NodeRequest,
                StatsAction.NodeStats,
                Void> {

    private final LocalInference local;

    /** Called by the host. */
    @Inject
    public TransportStatsAction(
            ClusterService cluster,
            TransportService transport,
            ActionFilters filters,
            LocalInference local) {
        super(
                StatsAction.NAME,
                cluster,
                transport,
                filters,
                StatsAction.NodeRequest::new,
                transport.getThreadPool().executor(ThreadPool.Names.MANAGEMENT));
        this.local = local;
    }

    @Override
    protected DiscoveryNode[] resolveRequest(StatsAction.Request request, ClusterState state) {
        Set<String> named = Set.of(state.nodes().resolveNodes(request.nodesIds()));
        return InferenceNodes.of(state.nodes()).stream()
                .filter(node -> named.contains(node.getId()))
                .toArray(DiscoveryNode[]::new);
    }

    @Override
    protected StatsAction.NodeRequest newNodeRequest(StatsAction.Request request) {
        return new StatsAction.NodeRequest();
    }

    @Override
    protected StatsAction.NodeStats newNodeResponse(StreamInput in, DiscoveryNode node)
            throws IOException {
        return new StatsAction.NodeStats(in, node);
    }

    @Override
    protected StatsAction.NodeStats nodeOperation(StatsAction.NodeRequest request, Task task) {
        return new StatsAction.NodeStats(clusterService.localNode(), local.service().stats());
    }

    @Override
    protected StatsAction.Response newResponse(
            StatsAction.Request request,
            List<StatsAction.NodeStats> nodes,
            List<FailedNodeException> failures) {
        return new StatsAction.Response(clusterService.getClusterName(), nodes, failures);
    }
}
