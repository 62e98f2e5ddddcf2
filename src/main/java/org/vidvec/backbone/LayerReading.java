package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;
import org.vidvec.prompt.PreparedSequence;

/** Reads the states after every layer of a network in one pass ({@code graphs/sweep.py}). */
record LayerReading(TorchEngine engine, TorchModule module, DecoderConfig text, VisionTower tower) {

    /** [layers, hidden] for each sequence, pooled. */
    List<float[][]> read(List<PreparedSequence> sequences, ReadoutPlan.Pooling pooling)
            throws EngineException {
        SequenceBatch batch = SequenceBatch.of(sequences, List.of(), text.vocabulary());
        VisionBatch vision = VisionBatch.of(batch, tower.patchWidth());
        try (TensorScope scope = engine.scope()) {
            float[] all =
                    vision.addTo(
                                    module.call("sweep")
                                            .add(batch.ids(scope))
                                            .add(batch.positions(scope))
                                            .add(batch.lengths())
                                            .add(batch.prefixes()),
                                    scope)
                            .add(pooling == ReadoutPlan.Pooling.MEAN)
                            .tensors(scope)
                            .get(0)
                            .toFloats();
            List<float[][]> states = new ArrayList<>();
            for (int b = 0; b < sequences.size(); b++) {
                states.add(ofSequence(all, b, sequences.size()));
            }
            return states;
        }
    }

    private float[][] ofSequence(float[] all, int sequence, int sequences) {
        float[][] states = new float[text.layers()][];
        for (int layer = 0; layer < states.length; layer++) {
            int at = (layer * sequences + sequence) * text.hidden();
            states[layer] = Arrays.copyOfRange(all, at, at + text.hidden());
        }
        return states;
    }
}
