package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/** Does {@link ModelsAction}. */
public final class TransportModelsAction
        extends TransportNodesAction<
                ModelsAction.Request,
                ModelsAction.Response,
                ModelsAction.NodeRequest,
                ModelsAction.NodeModels,
                Void> {

    private final LocalInference local;

    /** Called by the host. */
    @Inject
    public TransportModelsAction(
            ClusterService cluster,
            TransportService transport,
            ActionFilters filters,
            LocalInference local) {
        super(
                ModelsAction.NAME,
                cluster,
                transport,
                filters,
                ModelsAction.NodeRequest::new,
                // the first look at a model reads all its weights for the fingerprint
                transport.getThreadPool().generic());
        this.local = local;
    }

    @Override
    protected DiscoveryNode[] resolveRequest(ModelsAction.Request request, ClusterState state) {
        return InferenceNodes.of(state.nodes()).toArray(DiscoveryNode[]::new);
    }

    @Override
    protected ModelsAction.NodeRequest newNodeRequest(ModelsAction.Request request) {
        return new ModelsAction.NodeRequest(request.modelId());
    }

    @Override
    protected ModelsAction.NodeModels newNodeResponse(StreamInput in, DiscoveryNode node)
            throws IOException {
        return new ModelsAction.NodeModels(in, node);
    }

    @Override
    protected ModelsAction.NodeModels nodeOperation(ModelsAction.NodeRequest request, Task task) {
        List<String> ids = local.service().modelIds();
        List<String> asked =
                ids.stream()
                        .filter(id -> request.modelId() == null || request.modelId().equals(id))
                        .toList();
        return new ModelsAction.NodeModels(clusterService.localNode(), ids, local.describe(asked));
    }

    @Override
    protected ModelsAction.Response newResponse(
            ModelsAction.Request request,
            List<ModelsAction.NodeModels> nodes,
            List<FailedNodeException> failures) {
        if (nodes.isEmpty() && failures.isEmpty()) {
            throw InferenceNodes.none();
        }
        ModelsAction.Response response =
                new ModelsAction.Response(clusterService.getClusterName(), nodes, failures);
        if (request.modelId() != null && response.models().isEmpty()) {
            throw notFound(request.modelId(), nodes, failures);
        }
        return response;
    }

    private static RuntimeException notFound(
            String id, List<ModelsAction.NodeModels> nodes, List<FailedNodeException> failures) {
        if (nodes.isEmpty()) {
            // nobody could say
            return InferenceNodes.unreachable(failures.get(0));
        }
        TreeSet<String> ids = new TreeSet<>();
        nodes.forEach(node -> ids.addAll(node.ids()));
        return new ResourceNotFoundException(
                "Could not find vidvec model [{}]; the inference nodes have {}; put its folder under"
                        + " [config/vidvec/models], or [vidvec.models.path] where that is set, of each",
                id,
                ids);
    }
}
