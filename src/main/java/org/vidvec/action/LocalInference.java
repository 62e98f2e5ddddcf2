package org.vidvec.action;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;
import org.vidvec.inference.InferenceException;
import org.vidvec.inference.InferenceService;

/** This node's engine room, if it is an inference node. */
public final class LocalInference implements Closeable {

    private final InferenceService service;

    /**
     * @param service null if this is no inference node
     */
    public LocalInference(InferenceService service) {
        this.service = service;
    }

    /**
     * The engine room.
     *
     * @throws ElasticsearchStatusException 503 if this is no inference node (any more: the sender's
     *     cluster state may be old)
     */
    InferenceService service() {
        if (service == null) {
            throw new ElasticsearchStatusException(
                    "this node is no inference node; set [vidvec.inference.enabled: true] in its"
                            + " elasticsearch.yml",
                    RestStatus.SERVICE_UNAVAILABLE);
        }
        return service;
    }

    /** Has batches put together in another way from now on, if this is an inference node. */
    public void batching(int maxSize, Duration maxWait) {
        if (service != null) {
            service.batching(maxSize, maxWait);
        }
    }

    /**
     * What the models on this node are, or why one is unusable. Reads files: not for a transport
     * thread.
     *
     * @param ids which
     */
    List<ModelsAction.Found> describe(List<String> ids) {
        List<ModelsAction.Found> found = new ArrayList<>();
        for (String id : ids) {
            try {
                ModelSummary summary = new ModelSummary(service().describe(id));
                found.add(new ModelsAction.Found(id, summary, null));
            } catch (InferenceException e) {
                found.add(new ModelsAction.Found(id, null, e.getMessage()));
            }
        }
        return found;
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
    }
}
