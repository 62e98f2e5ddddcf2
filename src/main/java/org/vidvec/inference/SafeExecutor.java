package org.vidvec.inference;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.vidvec.inference.InferenceException.Kind;

/**
 * The border to the host's threads: nothing that a task throws gets past it, not even an Error,
 * which would kill the node; and the task sees the plugin's class loader, through which the engine
 * looks for its parts.
 */
final class SafeExecutor {

    private final String name;
    private final Executor threads;

    /**
     * @param name of the threads, for messages
     */
    SafeExecutor(String name, Executor threads) {
        this.name = name;
        this.threads = threads;
    }

    /**
     * Runs {@code task} on one of the threads.
     *
     * @param onFailure told what the task threw, or on this thread that no thread takes it
     */
    void execute(Runnable task, String doing, Consumer<InferenceException> onFailure) {
        try {
            threads.execute(() -> run(task, doing, onFailure));
        } catch (RejectedExecutionException e) {
            onFailure.accept(
                    new InferenceException(
                            Kind.UNAVAILABLE,
                            "the ["
                                    + name
                                    + "] threads of this node take no more work: it is shutting"
                                    + " down; send again to another node"));
        }
    }

    /** Runs {@code task} on this thread, within the same border. */
    static void run(Runnable task, String doing, Consumer<InferenceException> onFailure) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(SafeExecutor.class.getClassLoader());
        try {
            task.run();
        } catch (Throwable t) {
            tell(onFailure, Failures.of(t, doing));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void tell(Consumer<InferenceException> onFailure, InferenceException failure) {
        try {
            onFailure.accept(failure);
        } catch (Throwable t) {
            // logs it; there is nobody left to tell
            Failures.of(t, "report [" + failure.getMessage() + "]");
        }
    }
}
