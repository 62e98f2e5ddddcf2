package org.vidvec.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.TokenBudget;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.generation.Generator;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;

/**
 * Embeds through ViLL-E's head (section 3.2): a text in one step, by the states of all its tokens;
 * pictures by the states of what the decoder writes about them, up to its end token.
 */
final class KvFormerEmbedder implements Embedder {

    private final String id;
    private final CallGate gate;
    private final ModelCard card;
    private final SequenceReader reader;
    private final VisionLanguageNetwork network;
    private final Generator generator;
    private final KvFormer head;
    private final int layer;
    private final TextCut texts;
    private final GenerationOptions options;

    /**
     * @param generator of the network, with the states of the layer
     * @param head stays the caller's
     * @param layer whose states it reads, 1..layers; the last unless the head is the mean alone
     */
    KvFormerEmbedder(
            String id,
            CallGate gate,
            ModelCard card,
            SequenceReader reader,
            VisionLanguageNetwork network,
            Generator generator,
            KvFormer head,
            int layer) {
        this.id = id;
        this.layer = layer;
        this.gate = gate;
        this.card = card;
        this.reader = reader;
        this.network = network;
        this.generator = generator;
        this.head = head;
        this.texts = new TextCut(card, reader);
        this.options = card.kvFormer().tokens();
    }

    @Override
    public List<Embedding> embed(List<EmbedInput> batch) throws ModelException {
        return gate.call(() -> embedInside(batch));
    }

    private List<Embedding> embedInside(List<EmbedInput> batch) throws ModelException {
        List<PreparedSequence> sequences = new ArrayList<>();
        for (EmbedInput input : batch) {
            List<PromptPart> prompt = texts.prompt(input);
            reader.countTokens(prompt, card.style());
            sequences.add(reader.prepare(prompt, card.style()));
        }
        Embedding[] embeddings = new Embedding[batch.size()];
        int[] lengths = sequences.stream().mapToInt(PreparedSequence::length).toArray();
        for (List<Integer> group : TokenBudget.DEFAULT.groups(lengths)) {
            embed(
                    group.stream().filter(i -> isWritten(batch.get(i)) == false).toList(),
                    sequences,
                    false,
                    embeddings);
            embed(
                    group.stream().filter(i -> isWritten(batch.get(i))).toList(),
                    sequences,
                    true,
                    embeddings);
        }
        return Arrays.asList(embeddings);
    }

    /**
     * Pictures alone; a text behind pictures is embedded in one step as any text (§5.1, App. I).
     */
    private static boolean isWritten(EmbedInput input) {
        return input.parts().stream().noneMatch(part -> part instanceof Content.Text);
    }

    private void embed(
            List<Integer> group,
            List<PreparedSequence> sequences,
            boolean written,
            Embedding[] embeddings)
            throws ModelException {
        if (group.isEmpty()) {
            return;
        }
        List<PreparedSequence> some = group.stream().map(sequences::get).toList();
        try {
            List<float[]> states = written ? written(some) : read(some);
            for (int i = 0; i < some.size(); i++) {
                float[] vector = UnitVector.of(id, head.embed(states.get(i)), card.use().dims());
                int tokens = written ? states.get(i).length / network.hiddenSize() : 0;
                embeddings[group.get(i)] = new Embedding(vector, some.get(i).length(), tokens);
            }
        } catch (EngineException e) {
            throw new ModelException(
                    ModelException.Kind.ENGINE, "model [" + id + "] failed: " + e.getMessage(), e);
        }
    }

    /**
     * [tokens, hidden] of each prompt; of a layer before the last their mean [1, hidden], which is
     * all that the head makes of them.
     */
    private List<float[]> read(List<PreparedSequence> prompts) throws EngineException {
        if (layer == network.layers()) {
            return network.states(prompts);
        }
        ReadoutPlan means = ReadoutPlan.state(layer, ReadoutPlan.Pooling.MEAN);
        return network.read(prompts, means).stream().map(Readout::state).toList();
    }

    /** [tokens, hidden] of what is written about each prompt. */
    private List<float[]> written(List<PreparedSequence> prompts) throws EngineException {
        List<float[]> states = new ArrayList<>();
        for (Generation text : generator.generate(prompts, options, GenerationListener.NONE)) {
            List<float[]> tokens = card.kvFormer().producing() ? text.producing() : text.ofTokens();
            int hidden = network.hiddenSize();
            float[] flat = new float[tokens.size() * hidden];
            for (int i = 0; i < tokens.size(); i++) {
                System.arraycopy(tokens.get(i), 0, flat, i * hidden, hidden);
            }
            states.add(flat);
        }
        return states;
    }

    @Override
    public int countTokens(EmbedInput input) throws ModelException {
        return gate.call(() -> reader.countTokens(texts.prompt(input), card.style()));
    }
}
