package org.vidvec.engine;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps a native object alive while it is in use: many calls at once, and closing waits for them.
 * An object that is freed under a running call would kill the JVM.
 */
final class NativeGuard {

    private final String what;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * @param what the object, for messages: "module [Qwen2Vl]"
     */
    NativeGuard(String what) {
        this.what = what;
    }

    /**
     * Runs native code on the open object.
     *
     * @throws EngineException if it is closed or anything is thrown
     */
    <T> T run(String doing, NativeCall.Body<T> body) throws EngineException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new EngineException(
                        "failed to " + doing + ": the " + what + " is closed; load it again");
            }
            return NativeCall.run(doing, body);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Frees the object, once; what goes wrong is in the log. */
    void close(Runnable free) {
        lock.writeLock().lock();
        try {
            if (closed == false) {
                closed = true;
                NativeCall.quietly("free the " + what, free);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
