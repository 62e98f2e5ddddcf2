package org.vidvec.action;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;

/** What the models of the cluster are, asked at most every few seconds. Thread-safe. */
public final class ModelFingerprints {

    /** A model's folder is replaced with a restart of its node, which takes longer. */
    private static final long FRESH_MILLIS = 10_000;

    private final Client client;
    private final LongSupplier clockMillis;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Set<String> fingerprints, long atMillis) {}

    /**
     * @param clockMillis only goes forward
     */
    public ModelFingerprints(Client client, LongSupplier clockMillis) {
        this.client = client;
        this.clockMillis = clockMillis;
    }

    /** The fingerprints of a model; several if its folders differ from node to node. */
    public void of(String modelId, ActionListener<Set<String>> listener) {
        Known last = known.get(modelId);
        if (last != null && clockMillis.getAsLong() - last.atMillis < FRESH_MILLIS) {
            listener.onResponse(last.fingerprints);
            return;
        }
        client.execute(
                ModelsAction.INSTANCE,
                new ModelsAction.Request(modelId),
                listener.map(response -> remember(modelId, response)));
    }

    private Set<String> remember(String modelId, ModelsAction.Response response) {
        Set<String> fingerprints =
                response.models().stream()
                        .map(ModelsAction.Model::summary)
                        .filter(Objects::nonNull)
                        .map(ModelSummary::fingerprint)
                        .collect(Collectors.toUnmodifiableSet());
        known.put(modelId, new Known(fingerprints, clockMillis.getAsLong()));
        return fingerprints;
    }
}
