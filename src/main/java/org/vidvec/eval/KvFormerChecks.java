package org.vidvec.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vidvec.backbone.KvFormer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.media.Frame;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelParts;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;

/**
 * A folder of KV-Former heads: {@code kv_former_config.json} names the weights of each variant, and
 * cases say what they make of texts and of what was generated about frames.
 */
final class KvFormerChecks {

    static final String CONFIG = "kv_former_config.json";

    private final String fixture;
    private final ModelParts parts;
    private final Consumer<Check> checks;
    private final Map<String, KvFormer> heads = new LinkedHashMap<>();

    KvFormerChecks(String fixture, ModelParts parts, Consumer<Check> checks) {
        this.fixture = fixture;
        this.parts = parts;
        this.checks = checks;
    }

    void run(Path folder) throws CheckpointException, IOException {
        try (Networks networks = new Networks(parts, null)) {
            load(folder);
            for (Path file : ParityRun.list(folder)) {
                if (ParityRun.isCase(file)) {
                    run(ParityCase.open(fixture, folder.getFileName() + "/", file), networks);
                }
            }
        } catch (ModelException e) {
            String name = folder.getFileName().toString();
            checks.accept(Exact.check(fixture, name, "heads", false, e.getMessage()));
        } finally {
            heads.values().forEach(KvFormer::close);
        }
    }

    private void load(Path folder) throws CheckpointException, ModelException {
        Path config = folder.resolve(CONFIG);
        JsonObject variants = JsonText.object(config).getAsJsonObject("variants");
        for (Map.Entry<String, JsonElement> variant : variants.entrySet()) {
            Path weights = folder.resolve(variant.getValue().getAsString());
            if (Files.exists(weights)) {
                heads.put(variant.getKey(), parts.kvFormer(weights, config, DType.FLOAT32));
            }
        }
    }

    private void run(ParityCase parityCase, Networks networks) throws IOException {
        Comparison comparison = new Comparison(parityCase, checks);
        Values values = new Values(parityCase);
        try {
            if (parityCase.has("texts")) {
                texts(parityCase, values, networks);
            } else {
                frames(parityCase, values, networks);
            }
        } catch (ModelException | EngineException | RuntimeException e) {
            comparison.failed("(the whole case)", e.toString());
            comparison.skip("the case failed");
            return;
        }
        comparison.compare(values);
    }

    /** A text is embedded in one step: all its tokens are queries. */
    private void texts(ParityCase parityCase, Values values, Networks networks)
            throws ModelException, EngineException {
        int number = 0;
        for (JsonElement text : parityCase.json().getAsJsonArray("texts")) {
            List<PromptPart> prompt =
                    List.of(PromptPart.Embed.TEXT, new PromptPart.Text(text.getAsString()));
            PreparedSequence sequence = prepare(prompt, networks);
            String tag = "text" + number++;
            values.put(tag + ".input_ids", Numbers.floats(sequence.ids()));
            float[] states = networks.get(DType.FLOAT32).states(List.of(sequence)).get(0);
            values.put(tag + ".states", states);
            embed(tag, states, values);
        }
    }

    /** Of frames, the tokens that were generated about them are. */
    private void frames(ParityCase parityCase, Values values, Networks networks)
            throws IOException, ModelException, EngineException {
        JsonObject json = parityCase.json();
        Reference tensors = parityCase.tensors();
        List<Frame> frames = CasePrompt.frames(json, tensors);
        PreparedSequence prompt = prepare(CasePrompt.of(json, frames), networks);
        InputValues inputs = new InputValues(values, tensors, "", prompt);
        inputs.tokens();
        inputs.vision(List.of(), false);
        int tokens = Math.toIntExact(tensors.shape("generated_ids")[0]);
        Generation generation = generate(prompt, tokens, networks);
        values.put("generated_ids", Numbers.floats(generation.ids()));
        values.put("generated_margin", generation.margins());
        full(prompt.followedBy(generation.ids()), values, networks);
        int hidden = networks.get(DType.FLOAT32).hiddenSize();
        float[] producing = flat(generation.producing(), hidden);
        float[] ofTokens = flat(generation.ofTokens(), hidden);
        values.put("states_producing", producing);
        values.put("states_of_tokens", ofTokens);
        embed("producing", producing, values);
        embed("of_tokens", ofTokens, values);
        if (parityCase.has("eos_for_until_eos")) {
            int until = until(generation.ids(), parityCase.integer("eos_for_until_eos"));
            embed("producing_until_eos", Arrays.copyOf(producing, until * hidden), values);
        }
    }

    /** As many tokens as that, whether or not an end token is among them. */
    private static Generation generate(PreparedSequence prompt, int tokens, Networks networks)
            throws ModelException, EngineException {
        GenerationOptions options =
                GenerationOptions.greedy(tokens)
                        .withStop(GenerationOptions.Stop.NEVER)
                        .withStates();
        return networks.generator()
                .generate(List.of(prompt), options, GenerationListener.NONE)
                .get(0);
    }

    private static float[] flat(List<float[]> states, int hidden) {
        float[] all = new float[states.size() * hidden];
        for (int i = 0; i < states.size(); i++) {
            System.arraycopy(states.get(i), 0, all, i * hidden, hidden);
        }
        return all;
    }

    private static void full(PreparedSequence full, Values values, Networks networks)
            throws ModelException, EngineException {
        List<float[]> states = networks.get(DType.FLOAT32).trace(full).hiddenStates();
        for (int i = 0; i < states.size(); i++) {
            values.put("full.hidden_states." + i, states.get(i));
        }
        values.put("full.input_ids", Numbers.floats(full.ids()));
        values.put("full.token_type_ids", Numbers.floats(InputValues.suffix(full)));
        values.put("full.attention_allowed", Numbers.floats(InputValues.allowed(full)));
    }

    private PreparedSequence prepare(List<PromptPart> prompt, Networks networks)
            throws ModelException, EngineException {
        return networks.processor(PositionRule.SPATIAL, CasePrompt.choices(new JsonObject()))
                .prepare(prompt, PromptStyle.EMBED_TOKENS);
    }

    /** How many tokens there are with the first that is the end. */
    private static int until(long[] ids, int end) {
        int at = 0;
        while (at < ids.length - 1 && ids[at] != end) {
            at++;
        }
        return at + 1;
    }

    private void embed(String tag, float[] states, Values values) throws EngineException {
        for (Map.Entry<String, KvFormer> head : heads.entrySet()) {
            KvFormer.Steps steps = head.getValue().trace(states);
            String at = tag + "." + head.getKey() + ".";
            values.put(at + "attention_probs", steps.attentionProbs());
            values.put(at + "attention_output", steps.attentionOutput());
            values.put(at + "token_embeddings", steps.tokenEmbeddings());
            values.put(at + "pooled", steps.pooled());
            values.put(at + "embedding", steps.embedding());
        }
    }
}
