package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.lessons.LessonBatch;

/**
 * The way back from lessons to the parameters. The parts of a batch are learnt at once, each in a
 * thread of its own: threads that wait for each other after every operation, as those of one
 * operation do, leave cores idle where matrices are small. Gradients are added in the order of the
 * parts, so that the same run twice gives the same weights.
 */
final class LessonSteps implements AutoCloseable {

    private final Learner learner;
    private final LessonLosses losses;
    private final ExecutorService threads;

    /**
     * @param parallel parts of a batch
     */
    LessonSteps(Learner learner, LessonLosses losses, int parallel) {
        this.learner = learner;
        this.losses = losses;
        ThreadFactory daemons = Thread.ofPlatform().daemon().name("vidvec-learner-", 0).factory();
        this.threads = parallel == 1 ? null : Executors.newFixedThreadPool(parallel, daemons);
    }

    /** What was learnt of one part, with the memory that its gradients lie in. */
    private record Part(LearningPass pass, List<Tensor> gradients, LessonLosses.Report report)
            implements AutoCloseable {

        @Override
        public void close() {
            pass.close();
        }
    }

    /** Adds the gradients of a batch. */
    LessonLosses.Report learn(List<LessonBatch> batch) throws EngineException {
        if (batch.size() > 1) {
            return together(batch);
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        try (LearningPass pass = learner.pass()) {
            double loss = pass.backward(losses.of(pass, batch.get(0), batch, parts));
            return new LessonLosses.Report(loss, parts);
        }
    }

    private LessonLosses.Report together(List<LessonBatch> batch) throws EngineException {
        List<Future<Part>> begun = new ArrayList<>();
        for (LessonBatch part : batch) {
            begun.add(threads.submit(() -> part(part, batch)));
        }
        List<LessonLosses.Report> reports = new ArrayList<>();
        Exception failed = null;
        boolean stopped = false;
        for (Future<Part> each : begun) {
            stopped |= waitedFor(each);
            try {
                try (Part part = ended(each)) {
                    learner.optimizer().add(part.gradients());
                    reports.add(part.report());
                }
            } catch (EngineException | RuntimeException e) {
                // the others are waited for: they hold passes
                failed = e;
            }
        }
        if (stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while lessons were learnt", failed);
        }
        return switch (failed) {
            case null -> LessonLosses.Report.sum(reports);
            case EngineException known -> throw known;
            case RuntimeException known -> throw known;
            default -> throw new IllegalStateException(failed);
        };
    }

    private Part part(LessonBatch part, List<LessonBatch> batch) throws EngineException {
        LearningPass pass = learner.pass();
        try {
            Map<String, Double> parts = new LinkedHashMap<>();
            Tensor loss = losses.of(pass, part, batch, parts);
            List<Tensor> gradients = pass.gradients(loss);
            double value = loss.toFloats()[0];
            return new Part(pass, gradients, new LessonLosses.Report(value, parts));
        } catch (EngineException | RuntimeException e) {
            pass.close();
            throw e;
        }
    }

    /**
     * Waits to the end even where the caller is to stop: a part that goes on computes with a model
     * that is closed next.
     *
     * @return whether it is to stop
     */
    private static boolean waitedFor(Future<Part> part) {
        boolean stopped = false;
        while (part.isDone() == false) {
            try {
                part.get();
            } catch (InterruptedException e) {
                stopped = true;
            } catch (ExecutionException e) {
                // told by the one who asks for it
                break;
            }
        }
        return stopped;
    }

    private static Part ended(Future<Part> part) throws EngineException {
        if (part.state() == Future.State.SUCCESS) {
            return part.resultNow();
        }
        if (part.exceptionNow() instanceof EngineException known) {
            throw known;
        }
        throw new IllegalStateException(part.exceptionNow());
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
            threads.close();
        }
    }
}
