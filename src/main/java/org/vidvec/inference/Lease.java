package org.vidvec.inference;

import java.util.concurrent.atomic.AtomicBoolean;
import org.vidvec.model.LoadedModel;

/** Leave to use a loaded model: it is not unloaded before all leases are closed. */
final class Lease implements AutoCloseable {

    private final ModelPool pool;
    private final ModelPool.Resident resident;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Only the pool makes it, with the count already raised. */
    Lease(ModelPool pool, ModelPool.Resident resident) {
        this.pool = pool;
        this.resident = resident;
    }

    LoadedModel model() {
        return resident.model();
    }

    BatchScheduler batches() {
        return resident.batches();
    }

    /** One more lease of the same model; this one must be open. */
    Lease retain() {
        return pool.retain(resident);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pool.release(resident);
        }
    }
}
