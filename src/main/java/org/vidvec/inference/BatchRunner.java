package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;

/**
 * Answers a batch of jobs, on an inference thread. Throws nothing: each job gets what it earned.
 */
final class BatchRunner {

    private final LoadedModel model;
    private final ModelMeter meter;
    private final Histogram waits;
    private final int maxTokens;
    private final LongSupplier nanoTime;
    private volatile InferenceException failure;

    BatchRunner(
            LoadedModel model,
            ModelMeter meter,
            Histogram waits,
            int maxTokens,
            LongSupplier nanoTime) {
        this.model = model;
        this.meter = meter;
        this.waits = waits;
        this.maxTokens = maxTokens;
        this.nanoTime = nanoTime;
    }

    /**
     * Answers as many as the token budget allows, at least one.
     *
     * @param jobs of the same {@link Forward}
     * @return those that are left over, in their order
     */
    @SuppressWarnings("unchecked") // one Forward object: one type of input and answer
    List<Job<?, ?>> run(List<Job<?, ?>> jobs) {
        return new ArrayList<Job<?, ?>>(fit((List<Job<Object, Object>>) (List<?>) jobs));
    }

    private <I, O> List<Job<I, O>> fit(List<Job<I, O>> jobs) {
        List<Job<I, O>> batch = new ArrayList<>();
        List<Job<I, O>> rest = new ArrayList<>();
        long tokens = 0;
        for (Job<I, O> job : jobs) {
            if (job.answer().isDone()) {
                job.close();
            } else if (!rest.isEmpty()) {
                rest.add(job);
            } else {
                int more = count(job);
                if (more >= 0 && !batch.isEmpty() && tokens + more > maxTokens) {
                    rest.add(job);
                } else if (more >= 0) {
                    batch.add(job);
                    tokens += more;
                }
            }
        }
        long now = nanoTime.getAsLong();
        batch.forEach(job -> waits.record(now - job.sinceNanos()));
        answer(batch);
        return rest;
    }

    /**
     * Why the engine failed in the last forward pass; null if it did not. Inputs that do not fit a
     * model and a lack of memory are no failures of the engine.
     */
    InferenceException failure() {
        return failure;
    }

    /** Tokens of a job, or -1 if it can't be counted and has been told so. */
    private int count(Job<?, ?> job) {
        try {
            return job.tokens();
        } catch (Throwable t) {
            fail(job, told(t));
            return -1;
        }
    }

    private <I, O> void answer(List<Job<I, O>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Forward<I, O> forward = batch.get(0).forward();
        long start = nanoTime.getAsLong();
        try {
            List<O> outputs = forward.run(model, batch.stream().map(Job::input).toList());
            forward.work(meter).batch(nanoTime.getAsLong() - start);
            failure = null;
            if (outputs.size() != batch.size()) {
                throw new IllegalStateException(
                        "[" + outputs.size() + "] answers for [" + batch.size() + "] inputs");
            }
            for (int i = 0; i < outputs.size(); i++) {
                batch.get(i).close();
                batch.get(i).answer().complete(outputs.get(i));
            }
        } catch (Throwable t) {
            if (isInput(t) && batch.size() > 1) {
                // one bad input must not fail its mates
                batch.forEach(job -> answer(List.of(job)));
            } else {
                InferenceException told = told(t);
                if (told.kind() == Kind.FAILED) {
                    failure = told;
                }
                batch.forEach(job -> fail(job, told));
            }
        }
    }

    private static boolean isInput(Throwable t) {
        return t instanceof ModelException e && e.kind() == ModelException.Kind.INPUT;
    }

    private static InferenceException told(Throwable t) {
        return Failures.of(t, "run a model");
    }

    private static void fail(Job<?, ?> job, InferenceException told) {
        job.close();
        job.answer().completeExceptionally(told);
    }
}
