package org.vidvec.backbone;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PreparedSequence;

/**
 * Sequences of different lengths one behind the other, without padding.
 *
 * @param sequences as they came, at least one
 * @param memories what came before each; none if nothing came before any
 */
record SequenceBatch(List<PreparedSequence> sequences, List<KeyValues> memories) {

    /**
     * @throws IllegalArgumentException if there is no sequence, a token is not in the vocabulary,
     *     or sequences and memories do not fit each other
     */
    static SequenceBatch of(
            List<PreparedSequence> sequences, List<KeyValues> memories, int vocabulary) {
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
        if (memories.isEmpty() == false && memories.size() != sequences.size()) {
            throw new IllegalArgumentException(
                    "["
                            + sequences.size()
                            + "] sequences need as many memories or none, not ["
                            + memories.size()
                            + "]");
        }
        for (int i = 0; i < memories.size(); i++) {
            if (memories.get(i).tokens() > 0 && sequences.get(i).prefix() > 0) {
                throw new IllegalArgumentException(
                        "tokens that see each other can't come behind a memory");
            }
        }
        return new SequenceBatch(sequences, memories);
    }

    /**
     * @throws IllegalArgumentException if a sequence has no memory of its own with room for it
     */
    void checkRoom() {
        if (distinct().size() != sequences.size()) {
            throw new IllegalArgumentException("each sequence needs a memory of its own");
        }
        for (int i = 0; i < sequences.size(); i++) {
            memories.get(i).checkRoom(sequences.get(i));
        }
    }

    /** Has each memory count the tokens that were written into it. */
    void count() {
        for (int i = 0; i < sequences.size(); i++) {
            memories.get(i).add(sequences.get(i));
        }
    }

    /** Tokens of all sequences. */
    int tokens() {
        return sequences.stream().mapToInt(PreparedSequence::length).sum();
    }

    /** [tokens] */
    Tensor ids(TensorScope scope) throws EngineException {
        long[] ids = sequences.stream().flatMapToLong(s -> LongStream.of(s.ids())).toArray();
        return scope.longs(ids, ids.length);
    }

    /** [3, tokens] */
    Tensor positions(TensorScope scope) throws EngineException {
        LongStream.Builder positions = LongStream.builder();
        for (int axis = 0; axis < 3; axis++) {
            for (PreparedSequence sequence : sequences) {
                LongStream.of(sequence.positions()[axis]).forEach(positions::add);
            }
        }
        return scope.longs(positions.build().toArray(), 3, tokens());
    }

    /** Tokens of each sequence. */
    long[] lengths() {
        return sequences.stream().mapToLong(PreparedSequence::length).toArray();
    }

    /** Of each sequence, how many tokens at its start see each other in both directions. */
    long[] prefixes() {
        return sequences.stream().mapToLong(PreparedSequence::prefix).toArray();
    }

    /** Tokens that came before each sequence. */
    long[] seen() {
        return each(KeyValues::tokens, 0);
    }

    /** The memories without repetition. */
    List<Tensor> memoryTensors() {
        return distinct().stream().map(KeyValues::tensor).toList();
    }

    /** The place of each sequence's memory among {@link #memoryTensors()}; -1 for none. */
    long[] memoryOf() {
        List<KeyValues> distinct = distinct();
        return each(distinct::indexOf, -1);
    }

    // a memory equals itself only
    private List<KeyValues> distinct() {
        return memories.stream().distinct().toList();
    }

    private long[] each(ToLongFunction<KeyValues> value, long without) {
        return memories.isEmpty()
                ? LongStream.generate(() -> without).limit(sequences.size()).toArray()
                : memories.stream().mapToLong(value).toArray();
    }
}
