package org.vidvec.search;

import java.util.List;
import java.util.Objects;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.ModelSummary;
import org.vidvec.action.ModelsAction;

/** Finds out, before any shard starts, whether the model of a rescore is there. */
final class ModelLookup {

    /** Stands for the fingerprint of a model that could not be asked for. */
    static final String UNKNOWN = "";

    // a short timeout is meant for the judging on the shards, which reports it as such
    private static final TimeValue MIN_TIMEOUT = TimeValue.timeValueSeconds(1);

    private ModelLookup() {}

    /**
     * The model of a rescore.
     *
     * @param fingerprint {@link #UNKNOWN} if nobody could say
     * @param window hits that are judged where the search does not say
     * @param calibration how they are scored where it does not say
     */
    record Found(String fingerprint, int window, CalibrationSpec calibration) {

        /** Nobody could say. */
        static final Found NOBODY =
                new Found(UNKNOWN, RescorerBuilder.DEFAULT_WINDOW_SIZE, CalibrationSpec.NONE);
    }

    /**
     * Asks the inference nodes.
     *
     * @param listener gets the model, or {@link #UNKNOWN} if nobody could say and the search allows
     *     failures; fails with 404 if there is no such model, with 409 if the nodes have different
     *     ones under its name
     */
    static void run(Client client, RescoreSpec spec, ActionListener<Found> listener) {
        ModelsAction.Request request = new ModelsAction.Request(spec.modelId());
        boolean isShort = spec.timeout().compareTo(MIN_TIMEOUT) < 0;
        request.setTimeout(isShort ? MIN_TIMEOUT : spec.timeout());
        client.execute(
                ModelsAction.INSTANCE,
                request,
                ActionListener.wrap(
                        response -> listener.onResponse(found(response, spec.modelId())),
                        e -> {
                            if (spec.keeping().allowFailures() && Failures.areTolerable(e)) {
                                listener.onResponse(Found.NOBODY);
                            } else {
                                listener.onFailure(e);
                            }
                        }));
    }

    private static Found found(ModelsAction.Response response, String modelId) {
        List<ModelsAction.Model> found = response.models();
        List<ModelSummary> usable =
                found.stream().map(ModelsAction.Model::summary).filter(Objects::nonNull).toList();
        if (usable.size() == 1) {
            ModelSummary model = usable.get(0);
            return new Found(model.fingerprint(), model.rerankWindow(), model.calibration());
        }
        if (usable.size() > 1) {
            throw new ElasticsearchStatusException(
                    "vidvec model [{}] differs between nodes {}; give all inference nodes the same"
                            + " model folder",
                    RestStatus.CONFLICT,
                    modelId,
                    found.stream().map(ModelsAction.Model::nodes).toList());
        }
        throw new ElasticsearchStatusException(
                "vidvec model [{}] can't be used: {}",
                RestStatus.INTERNAL_SERVER_ERROR,
                modelId,
                found.stream().map(ModelsAction.Model::error).toList());
    }
}
