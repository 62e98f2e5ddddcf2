package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.train.LoraMatrices;
import org.vidvec.train.LoraSettings;
import org.vidvec.train.LoraTargets;
import org.vidvec.train.Losses;
import org.vidvec.train.Optimizer;
import org.vidvec.train.Parameters;
import org.vidvec.train.StepRule;

/** The steps of a training case; all that is seen on the way is put under the reference's names. */
final class TrainingSteps implements AutoCloseable {

    private final NetworkLearner learner;
    private final JsonObject json;
    private final Map<String, float[]> computed;
    private final Losses losses;
    private final Optimizer optimizer;
    private final Parameters parameters;

    /**
     * @param json the case's
     * @param first values of the low-rank matrices, by their names in PEFT's files
     * @param computed gets what is computed
     * @throws IllegalArgumentException if the network does not have the layers that are named
     */
    TrainingSteps(
            NetworkLearner learner,
            JsonObject json,
            Map<String, float[]> first,
            Map<String, float[]> computed)
            throws EngineException {
        this.learner = learner;
        this.json = json;
        this.computed = computed;
        losses = new Losses(learner.engine());
        optimizer = new Optimizer(learner.engine());
        parameters = new Parameters(learner);
        JsonObject lora = json.getAsJsonObject("lora");
        JsonArray targets = lora.getAsJsonArray("target_modules");
        LoraSettings settings =
                new LoraSettings(
                        lora.get("rank").getAsInt(),
                        lora.get("alpha").getAsDouble(),
                        LoraTargets.names(
                                targets.asList().stream().map(JsonElement::getAsString).toList()));
        new LoraMatrices(learner, settings).attach(parameters, first);
        parameters.track(optimizer);
    }

    void run(List<PreparedSequence> captions, List<PreparedSequence> summaries)
            throws EngineException {
        int steps = json.getAsJsonArray("steps").size();
        for (int i = 0; i < steps; i++) {
            if (i < 2) {
                parameters("step" + i + ".param.");
            }
            optimizer.zeroGradients();
            backward("step" + i + ".", captions, summaries);
            if (i == 0) {
                for (String name : parameters.names()) {
                    computed.put("step0.grad." + name, optimizer.gradient(name));
                }
            }
            optimizer.step(rule(), i + 1, optimizer("lr"));
        }
        try (TensorScope scope = learner.engine().scope()) {
            Tensor loss = loss(scope, embed(scope, captions), embed(scope, summaries));
            computed.put("loss_after_last_step", loss.toFloats());
        }
    }

    private void backward(
            String at, List<PreparedSequence> captions, List<PreparedSequence> summaries)
            throws EngineException {
        try (TensorScope scope = learner.engine().scope()) {
            Tensor queries = embed(scope, captions);
            Tensor targets = embed(scope, summaries);
            computed.put(at + "caption_embeddings", units(queries));
            computed.put(at + "summary_embeddings", units(targets));
            double loss = optimizer.backward(loss(scope, queries, targets));
            put(at + "loss_before", loss);
        }
        put(at + "grad_norm_total", optimizer.gradientNorm());
        for (String name : parameters.names()) {
            float[] gradient = optimizer.gradient(name);
            double squares = 0;
            for (float value : gradient) {
                squares += (double) value * value;
            }
            put(at + "grad_norm." + name, Math.sqrt(squares));
        }
    }

    private Tensor loss(TensorScope scope, Tensor queries, Tensor targets) throws EngineException {
        return losses.infoNce(scope, queries, targets, json.get("tau").getAsDouble());
    }

    private Tensor embed(TensorScope scope, List<PreparedSequence> sequences)
            throws EngineException {
        Tensor states = learner.states(scope, sequences, learner.layers());
        return learner.pool(scope, states, sequences, ReadoutPlan.Pooling.LAST);
    }

    private void parameters(String at) throws EngineException {
        for (String name : parameters.names()) {
            computed.put(at + name, parameters.values(name));
        }
    }

    private StepRule rule() {
        JsonArray betas = json.getAsJsonObject("optimizer").getAsJsonArray("betas");
        return new StepRule.AdamW(
                betas.get(0).getAsDouble(),
                betas.get(1).getAsDouble(),
                optimizer("eps"),
                optimizer("weight_decay"));
    }

    private double optimizer(String field) {
        return json.getAsJsonObject("optimizer").get(field).getAsDouble();
    }

    private void put(String name, double value) {
        computed.put(name, new float[] {(float) value});
    }

    /** Rows at norm 1. */
    private static float[] units(Tensor rows) throws EngineException {
        float[] all = rows.toFloats();
        int size = Math.toIntExact(rows.shape()[1]);
        for (int at = 0; at < all.length; at += size) {
            float[] unit = Numbers.unit(Arrays.copyOfRange(all, at, at + size));
            System.arraycopy(unit, 0, all, at, size);
        }
        return all;
    }

    @Override
    public void close() {
        parameters.close();
        optimizer.close();
        losses.close();
    }
}
