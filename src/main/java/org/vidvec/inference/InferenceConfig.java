package org.vidvec.inference;

import java.time.Duration;
import org.vidvec.media.MediaLimits;

/**
 * What a node may spend on inference.
 *
 * @param queueCapacity calls under way at once, setting {@code vidvec.inference.queue_capacity};
 *     more are refused
 * @param batching how calls are put together
 * @param memory bytes that each thing may take
 * @param mediaLimits what a single decode may cost
 * @param decodeThreads decodes at once
 * @param inferenceThreads batches at once per model
 */
public record InferenceConfig(
        int queueCapacity,
        Batching batching,
        Memory memory,
        MediaLimits mediaLimits,
        int decodeThreads,
        int inferenceThreads) {

    /** The defaults of the settings, for a machine of which nothing is known. */
    public static final InferenceConfig DEFAULT =
            new InferenceConfig(
                    1024,
                    new Batching(16, 16_384, Duration.ofMillis(5)),
                    new Memory(4L << 30, 256L << 20, 16L << 20),
                    MediaLimits.DEFAULT,
                    2,
                    1);

    /**
     * @throws IllegalArgumentException if a number is below 1
     */
    public InferenceConfig {
        atLeastOne("queue capacity", queueCapacity);
        atLeastOne("decode threads", decodeThreads);
        atLeastOne("inference threads", inferenceThreads);
    }

    /**
     * How calls are put together.
     *
     * @param maxSize inputs in one forward pass, setting {@code vidvec.inference.batch.max_size}
     * @param maxTokens decoder tokens in one forward pass, setting {@code
     *     vidvec.inference.batch.max_tokens}; one input above it runs alone
     * @param maxWait how long an input waits for company, setting {@code
     *     vidvec.inference.batch.max_wait}
     */
    public record Batching(int maxSize, int maxTokens, Duration maxWait) {

        /**
         * @throws IllegalArgumentException if a number is below 1
         */
        public Batching {
            atLeastOne("batch size", maxSize);
            atLeastOne("batch tokens", maxTokens);
        }
    }

    /**
     * Bytes that each thing may take.
     *
     * @param modelBytes weights of all loaded models, setting {@code vidvec.models.memory}
     * @param frameBytes decoded frames, setting {@code vidvec.inference.frame_memory}; more wait
     * @param queryCacheBytes embeddings of text queries, setting {@code vidvec.cache.query.size}; 0
     *     for no cache
     */
    public record Memory(long modelBytes, long frameBytes, long queryCacheBytes) {}

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "the " + what + " must be at least [1], not [" + value + "]");
        }
    }
}
