package org.vidvec.backbone;

import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/**
 * Sequences of different lengths side by side, padded on the right.
 *
 * @param sequences as they came
 * @param tokens length of the longest
 */
record SequenceBatch(List<PreparedSequence> sequences, int tokens) {

    /**
     * @throws IllegalArgumentException if there is none, or a token is not in the vocabulary
     */
    static SequenceBatch of(List<PreparedSequence> sequences, int vocabulary) {
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one sequence");
        }
        for (PreparedSequence sequence : sequences) {
            for (long id : sequence.ids()) {
                if (id < 0 || id >= vocabulary) {
                    throw new IllegalArgumentException(
                            "token [" + id + "] is not in the vocabulary of [" + vocabulary + "]");
                }
            }
        }
        int longest = sequences.stream().mapToInt(PreparedSequence::length).max().getAsInt();
        return new SequenceBatch(sequences, longest);
    }

    /** Whether any sequence is shorter than the longest, or not causal from its first token on. */
    boolean masked() {
        return sequences.stream().anyMatch(s -> s.length() < tokens || s.prefix() > 0);
    }

    /** [batch, tokens]; padding repeats a sequence's last token, it is masked and never read. */
    Tensor ids(TensorScope scope) throws EngineException {
        long[] ids = new long[sequences.size() * tokens];
        for (int b = 0; b < sequences.size(); b++) {
            fill(ids, b * tokens, sequences.get(b).ids());
        }
        return scope.longs(ids, sequences.size(), tokens);
    }

    /** [3, batch, tokens] */
    Tensor positions(TensorScope scope) throws EngineException {
        long[] positions = new long[3 * sequences.size() * tokens];
        for (int axis = 0; axis < 3; axis++) {
            for (int b = 0; b < sequences.size(); b++) {
                int at = (axis * sequences.size() + b) * tokens;
                fill(positions, at, sequences.get(b).positions()[axis]);
            }
        }
        return scope.longs(positions, 3, sequences.size(), tokens);
    }

    /** [batch] */
    Tensor lengths(TensorScope scope) throws EngineException {
        long[] lengths = sequences.stream().mapToLong(PreparedSequence::length).toArray();
        return scope.longs(lengths, lengths.length);
    }

    /** [batch]: tokens at the start that see each other in both directions. */
    Tensor prefixes(TensorScope scope) throws EngineException {
        long[] prefixes = sequences.stream().mapToLong(PreparedSequence::prefix).toArray();
        return scope.longs(prefixes, prefixes.length);
    }

    private void fill(long[] target, int at, long[] values) {
        System.arraycopy(values, 0, target, at, values.length);
        Arrays.fill(target, at + values.length, at + tokens, values[values.length - 1]);
    }
}
