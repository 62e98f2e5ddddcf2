package org.vidvec.action;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.node.DiscoveryNodeUtils;
import org.vidvec.media.Sampling;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.ModelInfo;
import org.vidvec.model.ModelRecipe;

/** Answers of {@link ModelsAction} as inference nodes would give them, for tests of callers. */
public final class ModelsAnswers {

    private ModelsAnswers() {}

    /** A model of which only id and fingerprint matter. */
    public static ModelSummary model(String id, String fingerprint) {
        return new ModelSummary(
                new ModelInfo(
                        id,
                        "qwen2_vl",
                        fingerprint,
                        64,
                        2,
                        2,
                        1000,
                        "float32",
                        new Sampling.Uniform(8),
                        true));
    }

    /** A model whose card has a calibration. */
    public static ModelSummary calibrated(String id, CardCalibration calibration) {
        ModelInfo plain = model(id, "sha256:1").info();
        ModelRecipe recipe = plain.recipe();
        return new ModelSummary(
                new ModelInfo(
                        id,
                        plain.family(),
                        plain.fingerprint(),
                        plain.dims(),
                        plain.layer(),
                        plain.layers(),
                        plain.parameters(),
                        plain.dtype(),
                        plain.sampling(),
                        plain.randomWeights(),
                        plain.rerankWindow(),
                        new ModelRecipe(
                                recipe.attention(),
                                recipe.pooling(),
                                recipe.query(),
                                recipe.document(),
                                recipe.moment(),
                                recipe.longVideos(),
                                calibration,
                                recipe.licence())));
    }

    /** One node with one model. */
    public static ModelsAction.Response response(ModelSummary model) {
        String id = model.info().id();
        return new ModelsAction.Response(
                ClusterName.DEFAULT,
                List.of(
                        new ModelsAction.NodeModels(
                                DiscoveryNodeUtils.builder("node0").name("node0").build(),
                                List.of(id),
                                List.of(new ModelsAction.Found(id, model, null)))),
                List.of());
    }

    /** One node for each fingerprint; null for a node where the model's folder is unusable. */
    public static ModelsAction.Response response(String id, String... fingerprints) {
        List<ModelsAction.NodeModels> nodes = new ArrayList<>();
        for (String fingerprint : fingerprints) {
            String node = "node" + nodes.size();
            ModelsAction.Found found =
                    fingerprint == null
                            ? new ModelsAction.Found(id, null, "no config.json")
                            : new ModelsAction.Found(id, model(id, fingerprint), null);
            nodes.add(
                    new ModelsAction.NodeModels(
                            DiscoveryNodeUtils.builder(node).name(node).build(),
                            List.of(id),
                            List.of(found)));
        }
        return new ModelsAction.Response(ClusterName.DEFAULT, nodes, List.of());
    }
}
