package org.vidvec.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Something that is stopped, and waited for until it is closed, before an interrupted process ends:
 * libtorch crashes when its globals go while a thread computes.
 */
final class StoppedFirst implements AutoCloseable {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread atExit;

    /**
     * @param stop asks it to end soon; called at an interrupt or a SIGTERM
     */
    StoppedFirst(Runnable stop) {
        atExit = new Thread(() -> stopAndWait(stop), "stop-first");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                // nothing but the end of what runs ends the wait
            }
        }
    }

    /** It has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook with it
        }
    }
}
