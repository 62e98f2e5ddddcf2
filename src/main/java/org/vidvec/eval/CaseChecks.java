package org.vidvec.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.vidvec.backbone.PaddedBatch;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;
import org.vidvec.media.FramePlan;
import org.vidvec.media.Sampling;
import org.vidvec.model.ModelException;
import org.vidvec.model.ProcessorChoices;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/** Runs one case from words and raw frames, and compares all that comes of it. */
final class CaseChecks {

    private final ParityCase parityCase;
    private final JsonObject json;
    private final Reference tensors;
    private final Networks networks;
    private final Comparison comparison;

    CaseChecks(ParityCase parityCase, Networks networks, Consumer<Check> checks) {
        this.parityCase = parityCase;
        this.json = parityCase.json();
        this.tensors = parityCase.tensors();
        this.networks = networks;
        this.comparison = new Comparison(parityCase, checks);
    }

    void run() throws IOException {
        String unsupported = CasePrompt.unsupported(json, tensors);
        if (unsupported.isEmpty() == false) {
            comparison.skip(unsupported);
            return;
        }
        Values values = new Values(parityCase);
        try {
            if (json.has("texts")) {
                batch(values);
            } else {
                single(values);
            }
        } catch (ModelException | EngineException | RuntimeException e) {
            // whatever breaks in one case is that case's failure, and the others go on
            comparison.failed("(the whole case)", e.toString());
            comparison.skip("the case failed");
            return;
        }
        comparison.compare(values);
    }

    private void single(Values values) throws IOException, ModelException, EngineException {
        List<PromptPart> parts = CasePrompt.of(json, sampled(CasePrompt.frames(json, tensors)));
        PreparedSequence sequence = prepare(PositionRule.SPATIAL, parts);
        inputs(values, parts, sequence);
        values.sequence("", networks.get(DType.FLOAT32), sequence);
        if (tensors.has(Values.GREEDY_IDS)) {
            values.greedy(networks.generator(), sequence);
        }
        if (has("bf16.")) {
            values.sequence("bf16.", networks.get(DType.BFLOAT16), sequence);
        }
        if (has("classic.")) {
            PreparedSequence classic = prepare(PositionRule.CLASSIC, parts);
            new InputValues(values, tensors, "classic.", classic).positions();
            values.sequence("classic.", networks.get(DType.FLOAT32), classic);
        }
    }

    private PreparedSequence prepare(PositionRule rule, List<PromptPart> parts)
            throws ModelException, EngineException {
        PreparedSequence sequence =
                networks.processor(rule, CasePrompt.choices(json)).prepare(parts, PromptStyle.CHAT);
        return CasePrompt.isCausal(json) ? sequence.causal() : sequence;
    }

    /** The frames that the family's own processor looks at. */
    private List<Frame> sampled(List<Frame> frames) throws ModelException {
        Optional<Sampling> own = networks.ownSampling(CasePrompt.arguments(json));
        if (CasePrompt.samples(json) == false || own.isEmpty()) {
            return frames;
        }
        int[] chosen = FramePlan.indices(own.get(), frames.size(), CasePrompt.fps(json));
        return Arrays.stream(chosen).mapToObj(frames::get).toList();
    }

    private void inputs(Values values, List<PromptPart> parts, PreparedSequence sequence)
            throws ModelException, EngineException {
        ProcessorChoices choices = CasePrompt.choices(json);
        PromptProcessor processor = networks.processor(PositionRule.SPATIAL, choices);
        InputValues inputs = new InputValues(values, tensors, "", sequence);
        inputs.tokens();
        if (tensors.has("llm.input_ids")) {
            ProcessorChoices all = new ProcessorChoices(false, choices.exchangedImageSides());
            inputs.beforeCompression(
                    networks.processor(PositionRule.SPATIAL, all).prepare(parts, PromptStyle.CHAT));
        }
        List<Frame> resized = new ArrayList<>();
        boolean isVideo = false;
        for (PromptPart.Vision vision : PromptPart.vision(parts)) {
            resized.addAll(processor.resized(vision));
            isVideo |= vision instanceof PromptPart.Video;
            float seconds = processor.secondsPerPatch(vision);
            values.put("input.second_per_grid_ts", new float[] {seconds});
        }
        inputs.vision(resized, isVideo);
    }

    /** Each text alone, then all together in both of the layouts that pad them. */
    private void batch(Values values) throws ModelException, EngineException {
        PromptProcessor processor =
                networks.processor(PositionRule.SPATIAL, CasePrompt.choices(json));
        List<PreparedSequence> rows = new ArrayList<>();
        for (JsonElement text : json.getAsJsonArray("texts")) {
            List<PromptPart> parts = List.of(new PromptPart.Text(text.getAsString()));
            rows.add(processor.prepare(parts, PromptStyle.CHAT));
        }
        for (int i = 0; i < rows.size(); i++) {
            String prefix = "row" + i + ".";
            new InputValues(values, tensors, prefix, rows.get(i)).tokens();
            values.sequence(prefix, networks.get(DType.FLOAT32), rows.get(i));
        }
        for (PaddedBatch.Side side : PaddedBatch.Side.values()) {
            String prefix = side.name().toLowerCase(Locale.ROOT) + ".";
            if (has(prefix)) {
                PaddedBatch padded = PaddedBatch.of(rows, side, networks.padToken());
                new PaddedValues(values, tensors, prefix).put(padded, networks.get(DType.FLOAT32));
            }
        }
    }

    private boolean has(String prefix) {
        return tensors.names().stream().anyMatch(n -> n.startsWith(prefix));
    }
}
