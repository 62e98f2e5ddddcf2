package org.vidvec.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vidvec.backbone.PositionRule;
import org.vidvec.backbone.PreparedSequence;
import org.vidvec.backbone.PromptPart;
import org.vidvec.backbone.PromptProcessor;
import org.vidvec.backbone.PromptStyle;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;
import org.vidvec.model.ModelException;

/** Runs one case from words and raw frames, and compares all that comes of it. */
final class CaseChecks {

    private static final String SYSTEM = "<|im_start|>system\n";

    private final ParityCase parityCase;
    private final Networks networks;
    private final Comparison comparison;

    CaseChecks(ParityCase parityCase, Networks networks, Consumer<Check> checks) {
        this.parityCase = parityCase;
        this.networks = networks;
        this.comparison = new Comparison(parityCase, checks);
    }

    void run() throws IOException {
        String unsupported = CasePrompt.unsupported(parityCase.json());
        if (unsupported.isEmpty() == false) {
            comparison.skip(unsupported);
            return;
        }
        Values values = new Values(parityCase);
        try {
            if (parityCase.json().has("texts")) {
                batch(values);
            } else {
                unsupported = single(values);
            }
        } catch (ModelException | EngineException | RuntimeException e) {
            // whatever breaks in one case is that case's failure, and the others go on
            comparison.failed("(the whole case)", e.toString());
            comparison.skip("the case failed");
            return;
        }
        if (unsupported.isEmpty()) {
            comparison.compare(values);
        } else {
            comparison.skip(unsupported);
        }
    }

    /** Gives why it can't be compared; empty if it can. */
    private String single(Values values) throws IOException, ModelException, EngineException {
        Reference tensors = parityCase.tensors();
        List<PromptPart> parts = CasePrompt.of(parityCase.json(), tensors);
        PromptProcessor processor = networks.processor(PositionRule.SPATIAL);
        PreparedSequence sequence = processor.prepare(parts, PromptStyle.CHAT);
        if (hasOtherSystem(sequence)) {
            return "the prompt has another system message than the family's";
        }
        InputValues inputs = new InputValues(values, tensors, "", sequence);
        inputs.tokens();
        List<Frame> resized = new ArrayList<>();
        boolean isVideo = false;
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Vision vision) {
                resized.addAll(processor.resized(vision));
                isVideo |= vision instanceof PromptPart.Video;
            }
        }
        inputs.vision(resized, isVideo);
        values.sequence("", networks.get(DType.FLOAT32), sequence);
        if (tensors.has(Values.GREEDY_IDS)) {
            values.greedy(networks.generator(), sequence);
        }
        if (has("bf16.")) {
            values.sequence("bf16.", networks.get(DType.BFLOAT16), sequence);
        }
        if (has("classic.")) {
            PreparedSequence classic =
                    networks.processor(PositionRule.CLASSIC).prepare(parts, PromptStyle.CHAT);
            new InputValues(values, tensors, "classic.", classic).positions();
            values.sequence("classic.", networks.get(DType.FLOAT32), classic);
        }
        return "";
    }

    /** Each text alone, then all side by side: which side is padded is our own matter. */
    private void batch(Values values) throws ModelException, EngineException {
        PromptProcessor processor = networks.processor(PositionRule.SPATIAL);
        List<PreparedSequence> rows = new ArrayList<>();
        for (JsonElement text : parityCase.json().getAsJsonArray("texts")) {
            List<PromptPart> parts = List.of(new PromptPart.Text(text.getAsString()));
            rows.add(processor.prepare(parts, PromptStyle.CHAT));
        }
        for (int i = 0; i < rows.size(); i++) {
            String prefix = "row" + i + ".";
            new InputValues(values, parityCase.tensors(), prefix, rows.get(i)).tokens();
            values.sequence(prefix, networks.get(DType.FLOAT32), rows.get(i));
        }
        int vocabulary = values.get("row0.logits_last").length;
        for (String side : List.of("left.", "right.")) {
            List<String> prefixes = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                prefixes.add(side + "row" + i + ".");
            }
            values.readouts(prefixes, networks.get(DType.FLOAT32), rows);
            values.logits(prefixes, networks.get(DType.FLOAT32), rows, vocabulary);
        }
    }

    private boolean has(String prefix) {
        return parityCase.tensors().names().stream().anyMatch(n -> n.startsWith(prefix));
    }

    /** Whoever chose the system message of the case, it is no part of the prompt here. */
    private boolean hasOtherSystem(PreparedSequence sequence) throws EngineException {
        JsonObject json = parityCase.json();
        if (CasePrompt.has(json, "prompt") == false) {
            return false;
        }
        String own = networks.text(sequence.ids());
        return system(json.get("prompt").getAsString()).equals(system(own)) == false;
    }

    private static String system(String prompt) {
        return prompt.startsWith(SYSTEM) ? prompt.substring(0, prompt.indexOf("<|im_end|>")) : "";
    }
}
