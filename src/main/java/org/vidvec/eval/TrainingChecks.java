package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelParts;
import org.vidvec.model.ProcessorChoices;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/**
 * {@code training/*}: a few steps of LoRA on pairs of texts. The loss of every step, all gradients
 * and what becomes of the matrices.
 */
final class TrainingChecks {

    private static final String PARAMETER = "step0.param.";
    // a first step of Adam goes by the sign of a gradient: what is tiny may have either
    private static final double TINY = 1e-3;

    private final ParityCase parityCase;
    private final NumberChecks comparison;
    private final Map<String, float[]> computed = new HashMap<>();

    TrainingChecks(ParityCase parityCase, Consumer<Check> checks) {
        this.parityCase = parityCase;
        this.comparison = new NumberChecks(parityCase.fixture(), parityCase.name(), checks);
    }

    void run(ModelParts parts) throws IOException {
        JsonObject json = parityCase.json();
        try (VisionLanguageNetwork network = parts.network(DType.FLOAT32, null)) {
            PromptProcessor processor =
                    parts.processor(PositionRule.SPATIAL, ProcessorChoices.NONE);
            List<PreparedSequence> captions = sequences("caption", "captions", processor);
            List<PreparedSequence> summaries = sequences("summary", "summaries", processor);
            Map<String, float[]> first = new LinkedHashMap<>();
            for (String name : parityCase.tensors().names()) {
                if (name.startsWith(PARAMETER)) {
                    first.put(
                            name.substring(PARAMETER.length()), parityCase.tensors().values(name));
                }
            }
            try (TrainingSteps steps =
                    new TrainingSteps(network.learner(), json, first, computed)) {
                steps.run(captions, summaries);
            }
        } catch (ModelException | EngineException | IllegalArgumentException e) {
            comparison.failed("(the whole case)", e.toString());
        }
        tensors();
        losses(json);
    }

    private List<PreparedSequence> sequences(String name, String list, PromptProcessor processor)
            throws EngineException {
        List<PreparedSequence> sequences = new ArrayList<>();
        JsonArray texts = parityCase.json().getAsJsonArray(list);
        for (JsonElement text : texts) {
            PromptPart part = new PromptPart.Text(text.getAsString());
            PreparedSequence sequence = processor.prepare(List.of(part), PromptStyle.CHAT);
            computed.put(name + sequences.size() + ".input_ids", Numbers.floats(sequence.ids()));
            sequences.add(sequence);
        }
        return sequences;
    }

    private void tensors() throws IOException {
        Reference tensors = parityCase.tensors();
        for (String name : tensors.names()) {
            float[] expected = tensors.values(name);
            float[] actual = computed.get(name);
            if (actual != null && name.startsWith("step1.param.")) {
                actual = whereGradientsCount(name, expected, actual);
            }
            NumberChecks.Kind kind =
                    tensors.isWhole(name)
                            ? NumberChecks.Kind.WHOLE
                            : name.contains(".grad.")
                                    ? NumberChecks.Kind.GRADIENT
                                    : NumberChecks.Kind.VALUE;
            comparison.compare(name, expected, actual, kind);
        }
    }

    /** The reference where a gradient is tiny against the largest of its tensor. */
    private float[] whereGradientsCount(String name, float[] expected, float[] actual)
            throws IOException {
        float[] gradients =
                parityCase.tensors().values(name.replace("step1.param.", "step0.grad."));
        double largest = Numbers.maxAbs(gradients, new float[gradients.length]);
        float[] counted = actual.clone();
        for (int i = 0; i < counted.length; i++) {
            if (Math.abs(gradients[i]) < TINY * largest) {
                counted[i] = expected[i];
            }
        }
        return counted;
    }

    private void losses(JsonObject json) {
        for (JsonElement element : json.getAsJsonArray("steps")) {
            JsonObject step = element.getAsJsonObject();
            String at = "step" + step.get("step").getAsInt() + ".";
            number(at + "loss_before", step.get("loss_before"));
            number(at + "grad_norm_total", step.get("grad_norm_total"));
            JsonObject norms = step.getAsJsonObject("grad_norm");
            norms.entrySet().forEach(n -> number(at + "grad_norm." + n.getKey(), n.getValue()));
        }
        number("loss_after_last_step", json.get("loss_after_last_step"));
    }

    // after steps by signs of gradients even a loss is only as good as a gradient
    private void number(String name, JsonElement expected) {
        float[] reference = {expected.getAsFloat()};
        comparison.compare(name, reference, computed.get(name), NumberChecks.Kind.GRADIENT);
    }
}
