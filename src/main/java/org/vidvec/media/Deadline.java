package org.vidvec.media;

import java.time.Duration;

/** The time by which a decode has to be done; also notices an interrupted thread. */
final class Deadline {

    private final String name;
    private final Duration timeout;
    // FFmpeg's own threads ask too
    private volatile long endNanos;

    /**
     * @param name of the file, for the message
     * @param timeout from now
     */
    Deadline(String name, Duration timeout) {
        this.name = name;
        this.timeout = timeout;
        this.endNanos = System.nanoTime() + timeout.toNanos();
    }

    /** Whether work should stop; never throws, so that native code may ask. */
    boolean over() {
        return System.nanoTime() - endNanos > 0 || Thread.currentThread().isInterrupted();
    }

    /** Does what is somebody else's: the time that it takes does not count. */
    void without(Runnable work) {
        long start = System.nanoTime();
        try {
            work.run();
        } finally {
            endNanos += System.nanoTime() - start;
        }
    }

    /** What is left, in nanoseconds; negative if it is over. */
    long leftNanos() {
        return endNanos - System.nanoTime();
    }

    /** What work that takes longer is refused with. */
    MediaException refusal() {
        return Refusals.overLimit(
                "decoding [" + name + "] takes longer",
                timeout.toMillis() / 1000.0 + "s",
                "vidvec.media.decode_timeout",
                "shorten or simplify the video");
    }

    /**
     * @throws MediaException if the time is up or the thread was interrupted (it stays interrupted)
     */
    void check() throws MediaException {
        if (Thread.currentThread().isInterrupted()) {
            throw new MediaException(
                    MediaException.Reason.DECODER, "decoding [" + name + "] was cancelled");
        }
        if (System.nanoTime() - endNanos > 0) {
            throw refusal();
        }
    }
}
