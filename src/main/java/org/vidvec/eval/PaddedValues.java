package org.vidvec.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.PaddedBatch;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.EngineException;
import org.vidvec.prompt.PreparedSequence;

/** What comes of texts that somebody laid out with padding. */
final class PaddedValues {

    private final Values values;
    private final Reference reference;
    private final String prefix;

    /**
     * @param prefix of the layout's names
     */
    PaddedValues(Values values, Reference reference, String prefix) {
        this.values = values;
        this.reference = reference;
        this.prefix = prefix;
    }

    /** The layout itself, and what is read at its real tokens. */
    void put(PaddedBatch padded, VisionLanguageNetwork network) throws EngineException {
        values.put(prefix + "input_ids", flat(padded.ids()));
        values.put(prefix + "attention_mask", flat(padded.mask()));
        positions(padded.positions());
        List<PreparedSequence> rows = padded.sequences();
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            prefixes.add(prefix + "row" + i + ".");
        }
        values.readouts(prefixes, network, rows);
        values.logits(prefixes, network, rows, values.get("row0.logits_last").length);
        states(padded, network.states(rows), network.hiddenSize());
    }

    /** The same for every row and axis, as often as the reference has them. */
    private void positions(long[] positions) {
        String name = prefix + "position_ids";
        if (reference.has(name)) {
            long size = Arrays.stream(reference.shape(name)).reduce(1, Math::multiplyExact);
            float[] all = new float[Math.toIntExact(size)];
            for (int i = 0; i < all.length; i++) {
                all[i] = positions[i % positions.length];
            }
            values.put(name, all);
        }
    }

    /** What other implementations compute at padding is nothing to compare with. */
    private void states(PaddedBatch padded, List<float[]> states, int hidden) {
        int tokens = padded.positions().length;
        boolean[] real = new boolean[padded.ids().length * tokens];
        float[] all = new float[real.length * hidden];
        for (int row = 0; row < states.size(); row++) {
            int at = 0;
            for (int i = 0; i < tokens; i++) {
                int to = row * tokens + i;
                real[to] = padded.mask()[row][i] == 1;
                if (real[to]) {
                    System.arraycopy(states.get(row), at * hidden, all, to * hidden, hidden);
                    at++;
                }
            }
        }
        values.putAt(prefix + "last_hidden_state", all, real);
    }

    private static float[] flat(long[][] rows) {
        return Numbers.floats(Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray());
    }
}
