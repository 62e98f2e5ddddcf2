package org.vidvec.inference;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The threads that inference runs on; whoever passes them in stops them, after {@link
 * InferenceService#close}.
 *
 * @param decode reads and decodes media; may block
 * @param inference loads and runs models; may block
 * @param scheduler deadlines and the wait for company; only short tasks
 * @param nanoTime the clock of the deadlines, as {@link System#nanoTime}
 */
public record InferenceExecutors(
        Executor decode,
        Executor inference,
        ScheduledExecutorService scheduler,
        LongSupplier nanoTime) {}
