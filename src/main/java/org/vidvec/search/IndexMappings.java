package org.vidvec.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.metadata.MappingMetadata;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.compress.CompressedXContent;
import org.elasticsearch.transport.RemoteClusterAware;

/** What the mappings of a search's own indices say. Thread-safe; never waits. */
public final class IndexMappings {

    private static final int KEPT = 256;

    private final ClusterService cluster;
    private final ProjectResolver projects;
    private final IndexNameExpressionResolver names;
    private final Map<CompressedXContent, Map<String, Object>> parsed = new ConcurrentHashMap<>();

    /** Asks nothing yet. */
    public IndexMappings(
            ClusterService cluster, ProjectResolver projects, IndexNameExpressionResolver names) {
        this.cluster = cluster;
        this.projects = projects;
        this.names = names;
    }

    /**
     * A field of an index.
     *
     * @param index name
     * @param uuid of the index
     * @param definition its mapping; null if there is no such field
     */
    record Field(String index, String uuid, Map<String, Object> definition) {

        /** What its mapping notes under a name; null for nothing. */
        String meta(String name) {
            boolean noted = definition != null && definition.get("meta") instanceof Map<?, ?>;
            Object value = noted ? ((Map<?, ?>) definition.get("meta")).get(name) : null;
            return value == null ? null : value.toString();
        }

        String type() {
            // an object says nothing of its type
            Object type = definition == null ? null : definition.get("type");
            return type == null ? "object" : type.toString();
        }
    }

    /**
     * A field in each index of this cluster that a search names; none in those of other clusters,
     * nor of a point in time.
     *
     * @param path parts separated by dots
     * @throws org.elasticsearch.index.IndexNotFoundException as the search itself would
     */
    List<Field> field(SearchRequest request, String path) {
        List<Field> fields = new ArrayList<>();
        if (request.pointInTimeBuilder() != null) {
            // it names its indices itself, in a form of its own
            return fields;
        }
        ProjectMetadata project = projects.getProjectMetadata(cluster.state());
        String[] local =
                Arrays.stream(request.indices())
                        .filter(name -> RemoteClusterAware.isRemoteIndexName(name) == false)
                        .toArray(String[]::new);
        if (local.length == 0 && request.indices().length > 0) {
            return fields;
        }
        for (String name :
                names.concreteIndexNames(project, request.indicesOptions(), true, local)) {
            IndexMetadata index = project.index(name);
            MappingMetadata mapping = index == null ? null : index.mapping();
            Map<String, Object> root = mapping == null ? Map.of() : parse(mapping);
            fields.add(
                    new Field(
                            name,
                            index == null ? "" : index.getIndexUUID(),
                            definition(root, path)));
        }
        return fields;
    }

    private Map<String, Object> parse(MappingMetadata mapping) {
        Map<String, Object> known = parsed.get(mapping.source());
        if (known != null) {
            return known;
        }
        if (parsed.size() >= KEPT) {
            parsed.clear();
        }
        Map<String, Object> root = mapping.sourceAsMap();
        parsed.put(mapping.source(), root);
        return root;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> definition(Map<String, Object> root, String path) {
        Map<String, Object> at = root;
        for (String part : path.split("\\.")) {
            if (at.get("properties") instanceof Map<?, ?> properties
                    && properties.get(part) instanceof Map<?, ?> next) {
                at = (Map<String, Object>) next;
            } else {
                return null;
            }
        }
        return at;
    }
}
