package org.vidvec.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which samples each batch has: every epoch all of them in an order of its own, but for the few
 * that fill no batch; of a source without end one after the other. Depends on seed and number
 * alone, so that a run can go on anywhere.
 */
public final class BatchOrder {

    private final int samples;
    private final int size;
    private final long seed;
    private long epoch = -1;
    private List<Integer> order = List.of();

    /**
     * @throws IllegalArgumentException if the samples fill no batch
     */
    public BatchOrder(int samples, int size, long seed) {
        if (samples < size) {
            throw new IllegalArgumentException(
                    "a batch takes ["
                            + size
                            + "] samples of one source, but one has only ["
                            + samples
                            + "]; lower [batch.size] or [batch.sub_batch]");
        }
        this.samples = samples;
        this.size = size;
        this.seed = seed;
    }

    /** Batches until all samples were seen. */
    public int perEpoch() {
        return samples / size;
    }

    /**
     * Places of a batch's samples.
     *
     * @param number of the batch, from 0
     */
    public List<Integer> batch(long number) {
        if (samples == Supply.ENDLESS) {
            int first = (int) (number % perEpoch()) * size;
            return IntStream.range(first, first + size).boxed().toList();
        }
        shuffle(number / perEpoch());
        int at = (int) (number % perEpoch()) * size;
        return order.subList(at, at + size);
    }

    private void shuffle(long wanted) {
        if (wanted != epoch) {
            List<Integer> fresh = new ArrayList<>();
            for (int i = 0; i < samples; i++) {
                fresh.add(i);
            }
            Collections.shuffle(fresh, new Random(31 * seed + wanted));
            order = fresh;
            epoch = wanted;
        }
    }
}
