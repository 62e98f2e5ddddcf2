package org.vidvec.inference;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelInfo;
import org.vidvec.model.ModelRepository;

/**
 * The loaded models of a node. A model is loaded on an inference thread when it is first asked for,
 * once for all who wait, and unloaded when its memory is needed and no lease of it is open. One
 * whose engine failed is loaded anew for the next call, after those that have it are done.
 */
final class ModelPool implements Closeable {

    // 10 s: soon enough for an admin who repairs a folder, rare enough for a bulk that hits it
    private static final long RETRY_NANOS = 10_000_000_000L;

    /** What is known of a model id. */
    private sealed interface Slot permits Loading, Resident, Failed {}

    /** Callers that wait for the load, and the bytes that are kept free for it. */
    private static final class Loading implements Slot {
        final List<CompletableFuture<Lease>> waiters = new ArrayList<>();
        long bytes;
    }

    /** A failed load, told to others for a while. */
    private record Failed(InferenceException failure, long atNanos) implements Slot {}

    /** A model in memory. */
    static final class Resident implements Slot {
        private final LoadedModel model;
        private final BatchScheduler batches;
        private final long loadedNanos;
        private int leases;
        private long usedNanos;
        // its slot is another's, who waits for its memory
        private boolean replaced;
        private boolean gone;

        private Resident(LoadedModel model, BatchScheduler batches, long loadedNanos) {
            this.model = model;
            this.batches = batches;
            this.loadedNanos = loadedNanos;
        }

        LoadedModel model() {
            return model;
        }

        BatchScheduler batches() {
            return batches;
        }
    }

    private final ModelRepository repository;
    private final long limitBytes;
    private final SafeExecutor executor;
    private final LongSupplier nanoTime;
    private final Function<LoadedModel, BatchScheduler> scheduling;
    private final Map<String, Slot> slots = new HashMap<>();
    private boolean closed;

    ModelPool(
            ModelRepository repository,
            long limitBytes,
            SafeExecutor executor,
            LongSupplier nanoTime,
            Function<LoadedModel, BatchScheduler> scheduling) {
        this.repository = repository;
        this.limitBytes = limitBytes;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.scheduling = scheduling;
    }

    /** A lease, at once if the model is loaded; whoever gets it closes it. */
    CompletableFuture<Lease> acquire(String id) {
        CompletableFuture<Lease> waiter = new CompletableFuture<>();
        Resident broken = null;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(Flight.shuttingDown());
            }
            Slot slot = slots.get(id);
            if (slot instanceof Resident resident && isBroken(resident) == false) {
                return CompletableFuture.completedFuture(retain(resident));
            }
            if (slot instanceof Loading loading) {
                loading.waiters.add(waiter);
                return waiter;
            }
            if (slot instanceof Failed failed
                    && nanoTime.getAsLong() - failed.atNanos < RETRY_NANOS) {
                return CompletableFuture.failedFuture(failed.failure);
            }
            Loading loading = new Loading();
            loading.waiters.add(waiter);
            slots.put(id, loading);
            if (slot instanceof Resident resident) {
                loading.bytes = resident.model.memoryBytes();
                resident.replaced = true;
                if (resident.leases > 0) {
                    return waiter;
                }
                resident.gone = true;
                broken = resident;
            }
        }
        start(id, broken);
        return waiter;
    }

    /** At most one load in a while: a call that always fails must not keep all others waiting. */
    private boolean isBroken(Resident resident) {
        return resident.batches.failure() != null
                && nanoTime.getAsLong() - resident.loadedNanos >= RETRY_NANOS;
    }

    /**
     * Has a thread load a model.
     *
     * @param before unloaded first; or null
     */
    private void start(String id, Resident before) {
        executor.execute(
                () -> {
                    unload(before);
                    load(id);
                },
                "load model [" + id + "]",
                failure -> {
                    // no thread took it
                    unload(before);
                    failed(id, failure);
                });
    }

    private void load(String id) {
        try {
            List<String> known = repository.ids();
            if (!known.contains(id)) {
                throw notFound(id, known);
            }
            makeRoom(id, bytes(repository.describe(id)));
            loaded(id, resident(id, repository.load(id)));
        } catch (Throwable t) {
            failed(id, Failures.ofLoad(t, id));
        }
    }

    /** What it takes is known now; what does not fit is not kept. */
    private Resident resident(String id, LoadedModel model) throws InferenceException {
        boolean made = false;
        try {
            makeRoom(id, model.memoryBytes());
            Resident resident = new Resident(model, scheduling.apply(model), nanoTime.getAsLong());
            made = true;
            return resident;
        } finally {
            if (made == false) {
                model.close();
            }
        }
    }

    static InferenceException notFound(String id, List<String> known) {
        return new InferenceException(
                Kind.MODEL_NOT_FOUND,
                "Could not find vidvec model ["
                        + id
                        + "]; this node has "
                        + known
                        + "; use one of them or put its folder beside theirs");
    }

    private static long bytes(ModelInfo info) {
        return info.parameters() * (info.dtype().equals("float32") ? 4 : 2);
    }

    private void makeRoom(String id, long bytes) throws InferenceException {
        while (true) {
            Resident idle;
            synchronized (this) {
                if (!(slots.get(id) instanceof Loading loading)) {
                    throw Flight.shuttingDown();
                }
                long others = usedBytes() - loading.bytes;
                if (others + bytes <= limitBytes) {
                    loading.bytes = bytes;
                    return;
                }
                idle = leastRecentlyUsed();
                if (bytes > limitBytes || idle == null) {
                    throw noRoom(id, bytes, others);
                }
                idle.gone = true;
                slots.values().remove(idle);
            }
            unload(idle);
        }
    }

    private static void unload(Resident resident) {
        if (resident == null) {
            return;
        }
        SafeExecutor.run(resident.model::close, "unload a model", failure -> {});
    }

    private InferenceException noRoom(String id, long bytes, long others) {
        boolean never = bytes > limitBytes;
        return new InferenceException(
                never ? Kind.FAILED : Kind.OVERLOADED,
                "model ["
                        + id
                        + "] needs ["
                        + bytes
                        + "] bytes, and ["
                        + others
                        + "] of ["
                        + limitBytes
                        + "] are in use by others; "
                        + (never ? "" : "send again later or ")
                        + "raise [vidvec.models.memory]");
    }

    private Resident leastRecentlyUsed() {
        Resident oldest = null;
        for (Slot slot : slots.values()) {
            if (slot instanceof Resident resident
                    && resident.leases == 0
                    && (oldest == null || resident.usedNanos - oldest.usedNanos < 0)) {
                oldest = resident;
            }
        }
        return oldest;
    }

    private void loaded(String id, Resident resident) {
        List<CompletableFuture<Lease>> waiters = List.of();
        synchronized (this) {
            resident.usedNanos = nanoTime.getAsLong();
            if (closed) {
                resident.gone = true;
            } else {
                waiters = ((Loading) slots.put(id, resident)).waiters;
                // one for this method, so that it stays until all waiters have theirs
                resident.leases = 1;
            }
        }
        if (resident.gone) {
            unload(resident);
            return;
        }
        for (CompletableFuture<Lease> waiter : waiters) {
            Lease lease = retain(resident);
            if (!waiter.complete(lease)) {
                lease.close();
            }
        }
        release(resident);
    }

    private void failed(String id, InferenceException failure) {
        List<CompletableFuture<Lease>> waiters = List.of();
        boolean keep = failure.kind() == Kind.FAILED || failure.kind() == Kind.UNAVAILABLE;
        synchronized (this) {
            if (slots.remove(id) instanceof Loading loading) {
                waiters = loading.waiters;
            }
            if (keep && !closed) {
                slots.put(id, new Failed(failure, nanoTime.getAsLong()));
            }
        }
        waiters.forEach(waiter -> waiter.completeExceptionally(failure));
    }

    /** One more lease; null if the model was unloaded in the meantime. */
    synchronized Lease retain(Resident resident) {
        if (resident.gone) {
            return null;
        }
        resident.leases++;
        return new Lease(this, resident);
    }

    void release(Resident resident) {
        boolean last;
        boolean replace;
        synchronized (this) {
            resident.leases--;
            resident.usedNanos = nanoTime.getAsLong();
            last = (closed || resident.replaced) && resident.leases == 0 && !resident.gone;
            resident.gone |= last;
            replace = last && !closed;
        }
        if (replace) {
            start(resident.model.info().id(), resident);
        } else if (last) {
            unload(resident);
        }
    }

    private long usedBytes() {
        long bytes = 0;
        for (Slot slot : slots.values()) {
            bytes += State.of(slot).bytes();
        }
        return bytes;
    }

    /**
     * Where a model stands.
     *
     * @param name {@code loading}, {@code loaded} or {@code failed}
     * @param reason why the load, or the engine in the last forward pass, failed; null if not
     * @param bytes of its weights
     * @param held what is in memory; {@link InferenceStats.Held#NOTHING} if it is not
     */
    record State(String name, String reason, long bytes, InferenceStats.Held held) {

        /** Of a model that nobody asks for any more. */
        static final State NOT_LOADED = absent("not_loaded", null, 0);

        private static State absent(String name, String reason, long bytes) {
            return new State(name, reason, bytes, InferenceStats.Held.NOTHING);
        }

        private static State of(Slot slot) {
            return switch (slot) {
                case Loading loading -> absent("loading", null, loading.bytes);
                case Resident resident -> of(resident, resident.batches.failure());
                case Failed failed -> absent("failed", failed.failure.getMessage(), 0);
            };
        }

        private static State of(Resident resident, InferenceException failure) {
            ModelInfo info = resident.model.info();
            return new State(
                    failure == null ? "loaded" : "failed",
                    failure == null ? null : failure.getMessage(),
                    resident.model.memoryBytes(),
                    new InferenceStats.Held(
                            info.fingerprint(),
                            resident.model.device(),
                            info.dtype(),
                            resident.batches.waiting()));
        }
    }

    /** Each model that was asked for, in a form that the caller chooses. */
    synchronized <T> Map<String, T> states(BiFunction<String, State, T> form) {
        Map<String, T> states = new HashMap<>();
        slots.forEach((id, slot) -> states.put(id, form.apply(id, State.of(slot))));
        return states;
    }

    /** Unloads what is idle now and the rest with its last lease. */
    @Override
    public void close() {
        List<Resident> idle = new ArrayList<>();
        List<CompletableFuture<Lease>> waiters = new ArrayList<>();
        synchronized (this) {
            closed = true;
            for (Slot slot : slots.values()) {
                if (slot instanceof Resident resident && resident.leases == 0) {
                    resident.gone = true;
                    idle.add(resident);
                } else if (slot instanceof Loading loading) {
                    waiters.addAll(loading.waiters);
                }
            }
            slots.clear();
        }
        waiters.forEach(waiter -> waiter.completeExceptionally(Flight.shuttingDown()));
        idle.forEach(ModelPool::unload);
    }
}
