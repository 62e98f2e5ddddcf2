package org.vidvec.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.SharedPrefixes;
import org.vidvec.backbone.TokenBudget;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.EngineException;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/** Prompts through a network, in groups by token budget; refuses those that are too long. */
final class SequenceReader {

    /** A prompt's read-out and its length. */
    record Read(Readout readout, int tokens) {}

    private final String id;
    private final PromptProcessor processor;
    private final VisionLanguageNetwork network;
    private final SharedPrefixes prefixes;
    private final int maxTokens;

    /**
     * @param id the model's name, for messages
     * @param prefixes the network's
     * @param maxTokens longest sequence that the model reads
     */
    SequenceReader(
            String id,
            PromptProcessor processor,
            VisionLanguageNetwork network,
            SharedPrefixes prefixes,
            int maxTokens) {
        this.id = id;
        this.processor = processor;
        this.network = network;
        this.prefixes = prefixes;
        this.maxTokens = maxTokens;
    }

    /**
     * Length of a prompt.
     *
     * @throws ModelException of kind INPUT if it is too long or a part can't be used
     */
    int countTokens(List<PromptPart> parts, PromptStyle style) throws ModelException {
        int tokens = count(parts, style);
        if (tokens > maxTokens) {
            throw new ModelException(
                    ModelException.Kind.INPUT,
                    "the input takes ["
                            + tokens
                            + "] tokens, over the limit of ["
                            + maxTokens
                            + "] of model ["
                            + id
                            + "]; shorten the text, sample fewer frames, or lower [max_pixels] in ["
                            + ModelCard.FILE
                            + "]");
        }
        return tokens;
    }

    /**
     * Whether the model reads a prompt of that length.
     *
     * @throws ModelException of kind INPUT if a part can't be used
     */
    boolean fits(List<PromptPart> parts, PromptStyle style) throws ModelException {
        return count(parts, style) <= maxTokens;
    }

    private int count(List<PromptPart> parts, PromptStyle style) throws ModelException {
        try {
            return processor.countTokens(parts, style);
        } catch (IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.INPUT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    /** How prepared sequences are read. */
    private interface Pass {
        List<Readout> read(List<PreparedSequence> batch, ReadoutPlan plan) throws EngineException;
    }

    /** One result per prompt, in their order. */
    List<Read> read(List<List<PromptPart>> prompts, PromptStyle style, ReadoutPlan plan)
            throws ModelException {
        return read(prompts, style, plan, network::read);
    }

    /** The same for prompts whose pictures are asked about again and again: they are kept. */
    List<Read> readBehindPictures(
            List<List<PromptPart>> prompts, PromptStyle style, ReadoutPlan plan)
            throws ModelException {
        return read(prompts, style, plan, prefixes::read);
    }

    private List<Read> read(
            List<List<PromptPart>> prompts, PromptStyle style, ReadoutPlan plan, Pass pass)
            throws ModelException {
        int[] lengths = new int[prompts.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = countTokens(prompts.get(i), style);
        }
        Read[] reads = new Read[lengths.length];
        for (List<Integer> group : TokenBudget.DEFAULT.groups(lengths)) {
            List<PreparedSequence> batch = new ArrayList<>();
            for (int index : group) {
                batch.add(prepare(prompts.get(index), style));
            }
            List<Readout> readouts = read(batch, plan, pass);
            for (int i = 0; i < group.size(); i++) {
                reads[group.get(i)] = new Read(readouts.get(i), batch.get(i).length());
            }
        }
        return Arrays.asList(reads);
    }

    /** [layers, hidden] for each prompt, in their order. */
    List<float[][]> layers(
            List<List<PromptPart>> prompts, PromptStyle style, ReadoutPlan.Pooling pooling)
            throws ModelException {
        int[] lengths = new int[prompts.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = countTokens(prompts.get(i), style);
        }
        float[][][] states = new float[lengths.length][][];
        for (List<Integer> group : TokenBudget.DEFAULT.groups(lengths)) {
            List<PreparedSequence> batch = new ArrayList<>();
            for (int index : group) {
                batch.add(prepare(prompts.get(index), style));
            }
            try {
                List<float[][]> read = network.layers(batch, pooling);
                for (int i = 0; i < group.size(); i++) {
                    states[group.get(i)] = read.get(i);
                }
            } catch (EngineException e) {
                throw failed(e);
            }
        }
        return Arrays.asList(states);
    }

    private ModelException failed(EngineException e) {
        return new ModelException(
                ModelException.Kind.ENGINE, "model [" + id + "] failed: " + e.getMessage(), e);
    }

    /** What the network reads for a prompt. */
    PreparedSequence prepare(List<PromptPart> parts, PromptStyle style) throws ModelException {
        try {
            return processor.prepare(parts, style);
        } catch (IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.INPUT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    private List<Readout> read(List<PreparedSequence> batch, ReadoutPlan plan, Pass pass)
            throws ModelException {
        try {
            return pass.read(batch, plan);
        } catch (EngineException e) {
            throw failed(e);
        }
    }
}
