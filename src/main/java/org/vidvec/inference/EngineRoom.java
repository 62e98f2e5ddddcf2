package org.vidvec.inference;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.media.BytesSource;
import org.vidvec.media.FrameStrip;
import org.vidvec.media.MediaBackend;
import org.vidvec.model.ModelRepository;

/** The stages that every call goes through: admission, model, frames, batch. One per node. */
final class EngineRoom implements Closeable {

    private final InferenceConfig config;
    private final InferenceExecutors executors;
    private final Admission admission;
    private final FrameBudget frames;
    private final DecodeMeter decodeMeter = new DecodeMeter();
    private final DecodeStage decode;
    private final ModelRepository repository;
    private final ModelPool pool;
    private final QueryCache cache;
    private final ReferenceScores references = new ReferenceScores();
    private final Map<String, ModelMeter> meters = new ConcurrentHashMap<>();
    private final Histogram waits = new Histogram();
    private final Set<Flight<?>> flights = ConcurrentHashMap.newKeySet();
    private volatile InferenceConfig.Batching batching;
    private volatile boolean closed;

    EngineRoom(
            ModelRepository repository,
            MediaBackend media,
            FrameStrip strips,
            InferenceConfig config,
            InferenceExecutors executors,
            HeapMeter heap) {
        this.repository = repository;
        this.config = config;
        this.batching = config.batching();
        this.executors = executors;
        this.admission = new Admission(config.queueCapacity(), heap);
        this.frames = new FrameBudget(config.memory().frameBytes(), heap);
        this.decode =
                new DecodeStage(
                        new MediaDecoder(
                                media,
                                strips,
                                config.mediaLimits(),
                                decodeMeter,
                                executors.nanoTime()),
                        frames,
                        new SafeExecutor("decode", executors.decode()),
                        config.decodeThreads());
        this.pool =
                new ModelPool(
                        repository,
                        config.memory().modelBytes(),
                        new SafeExecutor("inference", executors.inference()),
                        executors.nanoTime(),
                        model ->
                                new BatchScheduler(
                                        model,
                                        meter(model.info().id()),
                                        () -> batching,
                                        config.inferenceThreads(),
                                        executors,
                                        waits));
        this.cache = new QueryCache(config.memory().queryCacheBytes());
    }

    /** From now on puts batches together in another way. */
    void batching(int maxSize, Duration maxWait) {
        batching = new InferenceConfig.Batching(maxSize, batching.maxTokens(), maxWait);
    }

    /** Opens a call: from here on its deadline runs. */
    <T> Flight<T> open(
            String modelId, Duration timeout, Function<ModelMeter, ModelMeter.Work> work) {
        Flight<T> flight =
                Flight.start(
                        timeout,
                        executors.scheduler(),
                        failure -> {
                            // only models that were loaded have one: names are made up at will
                            ModelMeter meter = meters.get(modelId);
                            if (meter != null) {
                                work.apply(meter).failed(failure);
                            }
                        });
        flights.add(flight);
        flight.onEnd(() -> flights.remove(flight));
        if (closed) {
            flight.fail(Flight.shuttingDown());
        }
        return flight;
    }

    /**
     * Admits a call and gives it the model; both are given back when it ends.
     *
     * @param key name of what must not be empty
     * @param required must not be empty
     * @param others may be
     */
    CompletableFuture<Lease> board(
            Flight<?> flight,
            String modelId,
            String key,
            List<InputItem> required,
            List<InputItem> others) {
        try {
            if (flight.isDone()) {
                throw Flight.shuttingDown();
            }
            if (required.isEmpty()) {
                throw new InferenceException(
                        Kind.BAD_INPUT,
                        "[" + key + "] is empty; it must hold at least one text, image or video");
            }
            flight.onEnd(admission.admit(inlineBytes(required) + inlineBytes(others)));
        } catch (InferenceException e) {
            return CompletableFuture.failedFuture(e);
        }
        flight.waitFor("model [" + modelId + "] to load");
        return pool.acquire(modelId)
                .thenApply(
                        lease -> {
                            flight.onEnd(lease::close);
                            return lease;
                        });
    }

    /** The contents of a task's items; dropped when the call ends before. */
    CompletableFuture<Decoded> decode(Flight<?> flight, DecodeTask task) {
        flight.waitFor("its media to be decoded");
        decode.submit(task);
        return task.answer();
    }

    /** To be told at once of every task of a call, so that its sources are closed at any end. */
    void own(Flight<?> flight, DecodeTask task) {
        flight.onEnd(() -> decode.drop(task));
    }

    /**
     * Has a model answer.
     *
     * @param decoded taken over
     */
    <I, O> CompletableFuture<O> ask(
            Flight<?> flight,
            Lease lease,
            Decoded decoded,
            Forward<I, O> forward,
            Job.Input<I> in) {
        Lease held = lease.retain();
        if (held == null) {
            // the call has ended, and the model was unloaded
            decoded.close();
            return CompletableFuture.failedFuture(
                    new InferenceException(Kind.CANCELLED, "the caller went away"));
        }
        Job<I, O> job = new Job<>(forward, in, held, decoded);
        BatchScheduler batches = lease.batches();
        flight.waitFor(
                "its turn: ["
                        + batches.waiting()
                        + "] inputs were before it in the queue of model ["
                        + lease.model().info().id()
                        + "]");
        batches.submit(job);
        flight.onEnd(() -> batches.drop(job));
        return job.answer();
    }

    QueryCache cache() {
        return cache;
    }

    ReferenceScores references() {
        return references;
    }

    /** Counters of a model that was loaded. */
    ModelMeter meter(String id) {
        return meters.computeIfAbsent(id, key -> new ModelMeter());
    }

    long nanoTime() {
        return executors.nanoTime().getAsLong();
    }

    int size() {
        return admission.size();
    }

    InferenceStats stats() {
        Map<String, InferenceStats.Model> models =
                pool.states(
                        (id, state) -> meters.getOrDefault(id, new ModelMeter()).snapshot(state));
        meters.forEach(
                (id, meter) -> models.putIfAbsent(id, meter.snapshot(ModelPool.State.NOT_LOADED)));
        return new InferenceStats(
                Map.copyOf(models),
                new InferenceStats.Queue(
                        admission.size(),
                        config.queueCapacity(),
                        admission.bytes(),
                        frames.used(),
                        waits.quantileMillis(0.99)),
                cache.snapshot(),
                repository.prefixes(),
                decodeMeter.snapshot());
    }

    /** Bytes of the files that lie in the call itself, not in a repository. */
    private static long inlineBytes(List<InputItem> items) {
        long bytes = 0;
        for (InputItem item : items) {
            bytes +=
                    switch (item) {
                        case InputItem.Text text -> 0;
                        case InputItem.Frames kept -> kept.strip().length;
                        case InputItem.Media media ->
                                media.source() instanceof BytesSource inline ? inline.size() : 0;
                    };
        }
        return bytes;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(flights).forEach(flight -> flight.fail(Flight.shuttingDown()));
        pool.close();
    }
}
