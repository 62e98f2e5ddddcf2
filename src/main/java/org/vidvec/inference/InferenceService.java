package org.vidvec.inference;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.media.FrameStrip;
import org.vidvec.media.MediaBackend;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelInfo;
import org.vidvec.model.ModelRepository;

/**
 * A node's engine room: takes calls, decodes their media, puts them into batches and answers them.
 *
 * <p>No method but {@link #describe} and {@link #modelIds} touches a disk, and none waits. Futures
 * fail with {@link InferenceException} only; cancelling one drops its queued work. They are
 * completed on a decode, inference or scheduler thread: what depends on them must be short. Every
 * {@link org.vidvec.media.MediaSource} of a call is closed, whatever becomes of the call.
 */
public final class InferenceService implements Closeable {

    private final ModelRepository repository;
    private final EngineRoom room;

    /**
     * Loads nothing: a model is loaded when it is first asked for.
     *
     * @param strips packs and unpacks the frames that are kept with documents
     * @param heap what counts files inside of calls and decoded frames
     */
    public InferenceService(
            ModelRepository repository,
            MediaBackend media,
            FrameStrip strips,
            InferenceConfig config,
            InferenceExecutors executors,
            HeapMeter heap) {
        this.repository = repository;
        this.room = new EngineRoom(repository, media, strips, config, executors, heap);
    }

    /** One vector for all items of the call together. */
    public CompletableFuture<EmbedResult> embed(EmbedCall call) {
        return new EmbedFlow(room, call).start();
    }

    /**
     * One outcome per candidate. A candidate that can't be decoded or does not fit the model gets
     * an outcome with an error; the others still get their scores.
     */
    public CompletableFuture<MatchResult> match(MatchCall call) {
        return new MatchFlow(room, call).start();
    }

    /** One text about all items of the call together. */
    public CompletableFuture<WriteResult> write(WriteCall call) {
        return new WriteFlow(room, call).start();
    }

    /** Names of the models on this machine, sorted; reads a folder. */
    public List<String> modelIds() {
        return repository.ids();
    }

    /**
     * What a model is, without loading it; reads files, the first time all of them for the
     * fingerprint.
     *
     * @throws InferenceException MODEL_NOT_FOUND, or FAILED if its folder is unusable
     */
    public ModelInfo describe(String id) throws InferenceException {
        try {
            List<String> known = repository.ids();
            if (!known.contains(id)) {
                throw ModelPool.notFound(id, known);
            }
            return repository.describe(id);
        } catch (ModelException | RuntimeException | LinkageError e) {
            throw Failures.of(e, "describe model [" + id + "]");
        }
    }

    /**
     * From now on puts batches together in another way; those that run stay as they are.
     *
     * @param maxSize inputs in one forward pass
     * @param maxWait how long an input waits for company; those that wait already may wait as long
     *     as before
     * @throws IllegalArgumentException if the size is below 1
     */
    public void batching(int maxSize, Duration maxWait) {
        room.batching(maxSize, maxWait);
    }

    /** Counters since the node started. */
    public InferenceStats stats() {
        return room.stats();
    }

    /** Calls under way. */
    public int queued() {
        return room.size();
    }

    /**
     * Fails all calls under way with UNAVAILABLE and frees the models as soon as no forward pass
     * uses them.
     */
    @Override
    public void close() {
        room.close();
    }
}
