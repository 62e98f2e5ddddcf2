package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.Generator;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;

/** Writes with the decoder's own head, in the chat template, from the weights that embed. */
final class PromptWriter implements Writer {

    private final String id;
    private final CallGate gate;
    private final GenerateCard card;
    private final PromptComposer composer;
    private final SequenceReader reader;
    private final Generator generator;

    /**
     * @param generator of the network that the reader has
     */
    PromptWriter(
            String id, CallGate gate, ModelCard card, SequenceReader reader, Generator generator) {
        this.id = id;
        this.gate = gate;
        this.card = card.use().generate();
        this.composer = new PromptComposer(card);
        this.reader = reader;
        this.generator = generator;
    }

    @Override
    public List<Written> write(List<Task> batch, WriteOptions options) throws ModelException {
        return gate.call(() -> writeInside(batch, options));
    }

    private List<Written> writeInside(List<Task> batch, WriteOptions options)
            throws ModelException {
        List<PreparedSequence> prompts = new ArrayList<>();
        for (Task task : batch) {
            List<PromptPart> prompt = prompt(task);
            reader.countTokens(prompt, PromptStyle.CHAT);
            prompts.add(reader.prepare(prompt, PromptStyle.CHAT));
        }
        List<Generation> texts;
        try {
            texts = generator.generate(prompts, options.over(card), listener(batch));
        } catch (EngineException e) {
            throw new ModelException(
                    ModelException.Kind.ENGINE, "model [" + id + "] failed: " + e.getMessage(), e);
        }
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Generation text = texts.get(i);
            written.add(
                    new Written(
                            text.text(),
                            text.ids().length,
                            prompts.get(i).length(),
                            text.finish().name().toLowerCase(Locale.ROOT)));
        }
        return written;
    }

    private static GenerationListener listener(List<Task> batch) {
        return new GenerationListener() {
            @Override
            public void onText(int sequence, String piece) {
                batch.get(sequence).pieces().accept(piece);
            }

            @Override
            public boolean isCancelled(int sequence) {
                return batch.get(sequence).unwanted().getAsBoolean();
            }
        };
    }

    private List<PromptPart> prompt(Task task) {
        return composer.write(task.about(), card.words(task));
    }

    @Override
    public int countTokens(Task task) throws ModelException {
        return gate.call(() -> reader.countTokens(prompt(task), PromptStyle.CHAT));
    }
}
