package org.vidvec.engine;

import java.lang.System.Logger;

/** The border to native code: whatever is thrown beyond it comes back as ours, without Errors. */
final class NativeCall {

    private static final Logger LOG = System.getLogger(NativeCall.class.getName());

    private NativeCall() {}

    /** Something that may throw anything. */
    @FunctionalInterface
    interface Body<T> {
        T run() throws Throwable;
    }

    /**
     * Runs native code with the plugin's class loader as context: DJL finds its own resources
     * through it, and pool threads of the host carry another.
     *
     * @param doing what is being tried, for the message: "start the engine"
     * @throws EngineException if anything at all is thrown
     */
    static <T> T run(String doing, Body<T> body) throws EngineException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(NativeCall.class.getClassLoader());
        try {
            return body.run();
        } catch (EngineException e) {
            throw e;
        } catch (Throwable t) {
            LOG.log(Logger.Level.WARNING, "failed to " + doing, t);
            throw new EngineException("failed to " + doing + ": [" + reason(t) + "]");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Runs native code that frees something; what goes wrong is in the log and nowhere else. */
    static void quietly(String doing, Runnable body) {
        try {
            run(
                    doing,
                    () -> {
                        body.run();
                        return null;
                    });
        } catch (EngineException e) {
            LOG.log(Logger.Level.DEBUG, "nothing more can be done", e);
        }
    }

    // TorchScript ends its stack of source lines with what went wrong
    private static String reason(Throwable t) {
        String message = t.getMessage() == null ? t.getClass().getName() : t.getMessage().strip();
        int error = message.lastIndexOf("RuntimeError:");
        String reason = error < 0 ? message : message.substring(error);
        int end = reason.indexOf('\n');
        return end < 0 ? reason : reason.substring(0, end);
    }
}
