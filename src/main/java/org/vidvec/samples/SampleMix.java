package org.vidvec.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Batches out of several sources (VLM2Vec-V2 §3.4): a batch is made of sub-batches, each of one
 * source, which is drawn by weight. Inside a sub-batch negatives are alike and hard to tell apart,
 * between them they are not. The same seed gives the same batches.
 */
public final class SampleMix {

    /**
     * A source.
     *
     * @param name for messages
     * @param weight how often it is drawn, against the others' weights
     * @param samples that it has
     */
    public record Part(String name, double weight, int samples) {}

    /** A sample: the place of its source, and its place in that. */
    public record Sample(int source, int place) {}

    /** A few samples need some luck to fit beside each other. */
    private static final int TRIES = 1000;

    private final List<Part> sources;
    private final List<BatchOrder> orders = new ArrayList<>();
    private final long[] drawn;
    private final int subBatches;
    private final Random random;

    /**
     * @param size of a batch
     * @param subBatch a part of it; the size must be a multiple
     * @throws IllegalArgumentException if a source fills no sub-batch
     */
    public SampleMix(List<Part> sources, int size, int subBatch, long seed) {
        this.sources = List.copyOf(sources);
        for (Part each : sources) {
            orders.add(new BatchOrder(each.samples(), subBatch, seed));
        }
        drawn = new long[sources.size()];
        subBatches = size / subBatch;
        random = new Random(seed);
    }

    /** Leaves out batches that a stopped run has seen. */
    public void skip(long batches) {
        for (long i = 0; i < batches; i++) {
            next();
        }
    }

    /** Samples of the next batch; none is there twice where the sources have enough. */
    public List<Sample> next() {
        Set<Sample> batch = new LinkedHashSet<>();
        for (int i = 0; i < subBatches; i++) {
            int source = draw();
            List<Sample> sub = sub(source);
            // where an epoch ends a sample may come again soon, and would be its own negative
            for (int left = orders.get(source).perEpoch() + TRIES; left > 0; left--) {
                if (Collections.disjoint(batch, sub)) {
                    break;
                }
                sub = sub(source);
            }
            if (Collections.disjoint(batch, sub) == false) {
                throw new IllegalArgumentException(
                        "[batch.size] is more than ["
                                + sources.get(source).name()
                                + "] can fill without a sample that is there twice; lower it");
            }
            batch.addAll(sub);
        }
        return List.copyOf(batch);
    }

    private List<Sample> sub(int source) {
        List<Sample> sub = new ArrayList<>();
        for (int place : orders.get(source).batch(drawn[source]++)) {
            sub.add(new Sample(source, place));
        }
        return sub;
    }

    private int draw() {
        double all = sources.stream().mapToDouble(Part::weight).sum();
        double point = random.nextDouble() * all;
        for (int i = 0; i < sources.size() - 1; i++) {
            point -= sources.get(i).weight();
            if (point < 0) {
                return i;
            }
        }
        return sources.size() - 1;
    }
}
