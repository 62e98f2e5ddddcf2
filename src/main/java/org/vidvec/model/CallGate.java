package org.vidvec.model;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets many calls through until it is closed; closing waits for those inside. */
final class CallGate {

    /** What happens inside. */
    interface Call<T> {
        T run() throws ModelException;
    }

    private final String name;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * @param name of what it guards, for the refusal
     */
    CallGate(String name) {
        this.name = name;
    }

    <T> T call(Call<T> call) throws ModelException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new ModelException(
                        ModelException.Kind.ENGINE,
                        "model [" + name + "] has been unloaded; send the request again");
            }
            return call.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Runs {@code free} when the last call is out; a second close does nothing. */
    void close(Runnable free) {
        lock.writeLock().lock();
        try {
            if (closed == false) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
