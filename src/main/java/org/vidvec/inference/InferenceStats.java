package org.vidvec.inference;

import java.util.Map;
import org.vidvec.model.PrefixStats;

/**
 * Counters of one node since it started.
 *
 * @param models by model id; models that were asked for at least once
 * @param queue calls under way
 * @param cache embeddings of text queries
 * @param prefixes beginnings of prompts
 * @param decode media files
 */
public record InferenceStats(
        Map<String, Model> models, Queue queue, Cache cache, PrefixStats prefixes, Decode decode) {

    /**
     * One model.
     *
     * @param state {@code loaded}, {@code loading}, {@code not_loaded} or {@code failed}
     * @param reason why it failed; null if it did not
     * @param memoryBytes of its weights; 0 if not loaded
     * @param held what is in memory
     * @param embed vectors
     * @param match pairs
     * @param write texts
     */
    public record Model(
            String state,
            String reason,
            long memoryBytes,
            Held held,
            Embed embed,
            Match match,
            Write write) {}

    /**
     * A model in memory.
     *
     * @param fingerprint of it; empty if it is not loaded
     * @param device where its weights lie; empty if it is not loaded
     * @param dtype that it computes in; empty if it is not loaded
     * @param waiting decoded inputs that wait for it
     */
    public record Held(String fingerprint, String device, String dtype, int waiting) {

        /** Of a model that is not loaded. */
        public static final Held NOTHING = new Held("", "", "", 0);
    }

    /**
     * Texts.
     *
     * @param texts written
     * @param tokens of them
     * @param videos of the texts, those that are about a video or a window of one
     * @param videoTokens of these
     * @param failed calls that got an error
     * @param rejected calls that were refused because queue or memory were full
     * @param time of the batches and of whole calls
     */
    public record Write(
            long texts,
            long tokens,
            long videos,
            long videoTokens,
            long failed,
            long rejected,
            Time time) {}

    /**
     * Vectors.
     *
     * @param videos embedded inputs with a video
     * @param images embedded inputs with an image and no video
     * @param texts embedded inputs of text alone, cache hits included
     * @param moments embedded windows of videos
     * @param failed calls that got an error
     * @param rejected calls that were refused because queue or memory were full
     * @param time of the forward passes and of whole calls
     */
    public record Embed(
            long videos,
            long images,
            long texts,
            long moments,
            long failed,
            long rejected,
            Time time) {}

    /**
     * Pairs of query and candidate.
     *
     * @param pairs judged
     * @param failed calls or candidates that got an error
     * @param rejected calls that were refused because queue or memory were full
     * @param time of the forward passes and of whole calls
     */
    public record Match(long pairs, long failed, long rejected, Time time) {}

    /**
     * Where the time went.
     *
     * @param batches forward passes
     * @param millis spent in forward passes
     * @param calls that were answered
     * @param p50Millis half of the calls were answered within this, waiting and decoding included
     * @param p99Millis 99 of 100 calls were answered within this
     */
    public record Time(long batches, long millis, long calls, double p50Millis, double p99Millis) {}

    /**
     * Calls under way.
     *
     * @param size how many
     * @param capacity how many there may be
     * @param inputBytes files inside them
     * @param frameBytes decoded frames of them
     * @param waitP99Millis 99 of 100 inputs, once decoded, waited at most this for their batch
     */
    public record Queue(
            int size, int capacity, long inputBytes, long frameBytes, double waitP99Millis) {}

    /**
     * Embeddings of text queries.
     *
     * @param sizeBytes that the cache takes now
     */
    public record Cache(long hits, long misses, long evictions, long sizeBytes) {}

    /**
     * Media files.
     *
     * @param files decoded
     * @param seconds of video in them
     * @param frames taken from them
     * @param millis spent on them
     * @param failed files that gave an error
     * @param failedByReason the same by {@link org.vidvec.media.MediaException.Reason} in lower
     *     case
     */
    public record Decode(
            long files,
            double seconds,
            long frames,
            long millis,
            long failed,
            Map<String, Long> failedByReason) {}
}
