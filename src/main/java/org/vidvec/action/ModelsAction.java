package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.transport.AbstractTransportRequest;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;

/** Asks all inference nodes which models they have. Loads none of them. */
public final class ModelsAction extends ActionType<ModelsAction.Response> {

    /** The action's name: a reading action of the cluster, so {@code monitor} covers it. */
    public static final String NAME = "cluster:monitor/vidvec/models/get";

    /** The only instance. */
    public static final ModelsAction INSTANCE = new ModelsAction();

    private static final TimeValue TIMEOUT = TimeValue.timeValueMinutes(1);

    private ModelsAction() {
        super(NAME);
    }

    /** Which models are there? Fails with 404 if one is named that no node has. */
    public static final class Request extends BaseNodesRequest {

        private final String modelId;

        /**
         * @param modelId which model, or null for all
         */
        public Request(String modelId) {
            super((String[]) null);
            this.modelId = modelId;
            setTimeout(TIMEOUT);
        }

        /** Which model, or null for all. */
        public String modelId() {
            return modelId;
        }
    }

    /** The models of the cluster. */
    public static final class Response extends BaseNodesResponse<NodeModels>
            implements ToXContentFragment {

        Response(ClusterName cluster, List<NodeModels> nodes, List<FailedNodeException> failures) {
            super(cluster, nodes, failures);
        }

        /**
         * The models by id, each with the nodes that have it. An id whose folders differ from node
         * to node appears once per fingerprint.
         */
        public List<Model> models() {
            Map<String, Model> models = new TreeMap<>();
            for (NodeModels node : getNodes()) {
                for (Found found : node.found()) {
                    String version =
                            found.summary() == null
                                    ? found.error()
                                    : found.summary().info().fingerprint();
                    models.computeIfAbsent(
                                    found.id() + "\n" + version,
                                    key ->
                                            new Model(
                                                    found.id(),
                                                    found.summary(),
                                                    found.error(),
                                                    new ArrayList<>()))
                            .nodes()
                            .add(node.getNode().getName());
                }
            }
            return List.copyOf(models.values());
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            builder.startArray("models");
            for (Model model : models()) {
                builder.startObject();
                model.toXContent(builder, params);
                builder.endObject();
            }
            return builder.endArray();
        }

        @Override
        protected List<NodeModels> readNodesFrom(StreamInput in) {
            return TransportAction.localOnly();
        }

        @Override
        protected void writeNodesTo(StreamOutput out, List<NodeModels> nodes) {
            TransportAction.localOnly();
        }
    }

    /**
     * A model of the cluster.
     *
     * @param id name of its folder
     * @param summary what it is; null if its folder is unusable
     * @param error why its folder is unusable; null if it is not
     * @param nodes names of the inference nodes that have it
     */
    public record Model(String id, ModelSummary summary, String error, List<String> nodes)
            implements ToXContentFragment {

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            if (summary == null) {
                builder.field("model_id", id).field("error", error);
            } else {
                summary.toXContent(builder, params);
            }
            return builder.stringListField("nodes", nodes);
        }
    }

    /**
     * A model of one node.
     *
     * @param id name of its folder
     * @param summary what it is; null if its folder is unusable
     * @param error why its folder is unusable; null if it is not
     */
    record Found(String id, ModelSummary summary, String error) implements Writeable {

        Found(StreamInput in) throws IOException {
            this(
                    in.readString(),
                    in.readOptionalWriteable(ModelSummary::new),
                    in.readOptionalString());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(id);
            out.writeOptionalWriteable(summary);
            out.writeOptionalString(error);
        }
    }

    /** The question to one node. */
    static final class NodeRequest extends AbstractTransportRequest {

        private final String modelId;

        NodeRequest(String modelId) {
            this.modelId = modelId;
        }

        NodeRequest(StreamInput in) throws IOException {
            super(in);
            modelId = in.readOptionalString();
        }

        String modelId() {
            return modelId;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeOptionalString(modelId);
        }
    }

    /** One node's answer: all ids that it has, and what was asked about. */
    static final class NodeModels extends BaseNodeResponse {

        private final List<String> ids;
        private final List<Found> found;

        NodeModels(DiscoveryNode node, List<String> ids, List<Found> found) {
            super(node);
            this.ids = ids;
            this.found = found;
        }

        NodeModels(StreamInput in, DiscoveryNode node) throws IOException {
            super(in, node);
            ids = in.readStringCollectionAsList();
            found = in.readCollectionAsList(Found::new);
        }

        List<String> ids() {
            return ids;
        }

        List<Found> found() {
            return found;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeStringCollection(ids);
            out.writeCollection(found);
        }
    }
}
