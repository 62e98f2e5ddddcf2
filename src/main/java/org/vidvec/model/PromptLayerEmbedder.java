package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.prompt.PromptPart;

/** Reads the states after the prompt of an embedding, whichever layer the card names. */
final class PromptLayerEmbedder implements LayerEmbedder {

    private final String id;
    private final CallGate gate;
    private final ModelCard card;
    private final SequenceReader reader;
    private final PromptComposer composer;

    PromptLayerEmbedder(String id, CallGate gate, ModelCard card, SequenceReader reader) {
        this.id = id;
        this.gate = gate;
        this.card = card;
        this.reader = reader;
        this.composer = new PromptComposer(card);
    }

    @Override
    public List<float[][]> embedEveryLayer(List<EmbedInput> batch) throws ModelException {
        List<List<PromptPart>> prompts = batch.stream().map(composer::embed).toList();
        List<float[][]> states =
                gate.call(() -> reader.layers(prompts, card.style(), card.pooling()));
        List<float[][]> vectors = new ArrayList<>();
        for (float[][] ofLayers : states) {
            float[][] unit = new float[ofLayers.length][];
            for (int layer = 0; layer < unit.length; layer++) {
                unit[layer] = UnitVector.of(id, ofLayers[layer]);
            }
            vectors.add(unit);
        }
        return vectors;
    }
}
