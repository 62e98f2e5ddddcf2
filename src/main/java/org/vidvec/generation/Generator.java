package org.vidvec.generation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vidvec.backbone.KeyValues;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.TokenBudget;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.prompt.PreparedSequence;

/**
 * Writes texts token by token: a prompt is read once, each further token alone, behind the
 * decoder's memory of what came before it. Prompts of a batch are read together, and each text ends
 * on its own. Thread-safe.
 */
public final class Generator {

    private final VisionLanguageNetwork network;
    private final Tokenizer tokenizer;
    private final Set<Long> endTokens;
    private final ReadoutPlan plan;

    /**
     * @param network with its head; stays the caller's, as does the tokenizer
     * @param endTokens ids after which the checkpoint's texts end
     */
    public Generator(VisionLanguageNetwork network, Tokenizer tokenizer, Set<Long> endTokens) {
        this(network, tokenizer, endTokens, network.layers());
    }

    /**
     * The same with states of another layer.
     *
     * @param layer 1..layers, whose states are kept where they are asked for
     */
    public Generator(
            VisionLanguageNetwork network, Tokenizer tokenizer, Set<Long> endTokens, int layer) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.endTokens = Set.copyOf(endTokens);
        this.plan = ReadoutPlan.nextToken(layer);
    }

    /**
     * One text per prompt, in their order.
     *
     * @throws EngineException if memory is short or the engine fails
     * @throws IllegalArgumentException if a prompt does not fit the network
     */
    public List<Generation> generate(
            List<PreparedSequence> prompts, GenerationOptions options, GenerationListener listener)
            throws EngineException {
        return generate(prompts, List.of(), options, listener);
    }

    /**
     * The same where each prompt goes on behind what was read before; several may share it.
     *
     * @param before one per prompt, or none; read only
     * @throws EngineException if memory is short or the engine fails
     * @throws IllegalArgumentException if a prompt does not fit the network
     */
    public List<Generation> generate(
            List<PreparedSequence> prompts,
            List<KeyValues> before,
            GenerationOptions options,
            GenerationListener listener)
            throws EngineException {
        List<Draft> drafts = new ArrayList<>();
        try {
            for (int i = 0; i < prompts.size(); i++) {
                int room = Math.addExact(prompts.get(i).length(), options.maxNewTokens());
                KeyValues memory =
                        before.isEmpty() ? network.room(room) : network.copy(before.get(i), room);
                drafts.add(draft(i, memory, options, listener));
            }
            readPrompts(drafts, prompts);
            for (List<Draft> open = open(drafts); open.isEmpty() == false; open = open(open)) {
                read(open, open.stream().map(Draft::lastToken).toList());
            }
            return drafts.stream().map(Draft::generation).toList();
        } finally {
            drafts.forEach(Draft::close);
        }
    }

    private Draft draft(
            int sequence,
            KeyValues memory,
            GenerationOptions options,
            GenerationListener listener) {
        Set<Long> ends = new HashSet<>(options.stop().tokens());
        if (options.stop().atEnd()) {
            ends.addAll(endTokens);
        }
        TextStream stream = new TextStream(tokenizer, options.stop().texts());
        return new Draft(sequence, memory, options, ends, stream, listener);
    }

    private void readPrompts(List<Draft> drafts, List<PreparedSequence> prompts)
            throws EngineException {
        int[] lengths = prompts.stream().mapToInt(PreparedSequence::length).toArray();
        for (List<Integer> group : TokenBudget.DEFAULT.groups(lengths)) {
            read(
                    group.stream().map(drafts::get).toList(),
                    group.stream().map(prompts::get).toList());
        }
    }

    private void read(List<Draft> drafts, List<PreparedSequence> sequences) throws EngineException {
        List<KeyValues> memories = drafts.stream().map(Draft::memory).toList();
        List<Readout> readouts = network.extend(sequences, memories, plan);
        for (int i = 0; i < drafts.size(); i++) {
            drafts.get(i).read(readouts.get(i));
        }
    }

    private static List<Draft> open(List<Draft> drafts) {
        return drafts.stream().filter(Draft::isOpen).toList();
    }
}
