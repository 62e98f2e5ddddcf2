package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.backbone.ReadoutPlan;

/**
 * Embeds by reading a state of the decoder after an instruction prompt (VLM2Vec-V2 §3.2, VidVec
 * §3.2) and bringing it to norm 1.
 */
final class PromptEmbedder implements Embedder {

    private final String id;
    private final CallGate gate;
    private final ModelCard card;
    private final SequenceReader reader;
    private final TextCut texts;
    private final ReadoutPlan plan;

    /**
     * @param layer decoder layer that is read, 1..layers
     */
    PromptEmbedder(String id, CallGate gate, ModelCard card, SequenceReader reader, int layer) {
        this.id = id;
        this.gate = gate;
        this.card = card;
        this.reader = reader;
        this.texts = new TextCut(card, reader);
        this.plan = ReadoutPlan.state(layer, card.pooling());
    }

    @Override
    public List<Embedding> embed(List<EmbedInput> batch) throws ModelException {
        List<SequenceReader.Read> reads =
                gate.call(() -> reader.read(texts.prompts(batch), card.style(), plan));
        List<Embedding> embeddings = new ArrayList<>(reads.size());
        for (SequenceReader.Read read : reads) {
            embeddings.add(new Embedding(vector(read), read.tokens()));
        }
        return embeddings;
    }

    private float[] vector(SequenceReader.Read read) throws ModelException {
        return UnitVector.of(id, read.readout().state(), card.use().dims());
    }

    @Override
    public int countTokens(EmbedInput input) throws ModelException {
        return gate.call(() -> reader.countTokens(texts.prompt(input), card.style()));
    }
}
