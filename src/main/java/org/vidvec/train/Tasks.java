package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;

/** All tasks of a run: a step sees mini-batches of each. */
final class Tasks implements AutoCloseable {

    /** So many samples are read at once, at most. */
    private static final int READERS = 4;

    private final List<Task> tasks = new ArrayList<>();
    private final ExecutorService readers =
            Executors.newFixedThreadPool(
                    Math.min(READERS, Runtime.getRuntime().availableProcessors()),
                    Thread.ofPlatform().daemon().name("vidvec-reader-", 0).factory());

    private Tasks() {}

    /**
     * Opens the tasks of a run.
     *
     * @throws DatasetException if data can't be used
     * @throws IllegalArgumentException if sizes don't fit
     */
    static Tasks open(
            RunSpec spec,
            NativeLibraries natives,
            TrainableModel model,
            Losses losses,
            Learner learner)
            throws DatasetException, ModelException {
        Tasks opened = new Tasks();
        int layer = learner.embeddedLayer(spec.layer(), model.layer());
        TaskMaker maker = new TaskMaker(natives, model, layer, losses, learner, opened.readers);
        try {
            for (TaskSpec task : spec.tasks()) {
                // another order for each
                long seed = spec.seed() + 1_000_003L * opened.tasks.size();
                opened.tasks.add(maker.open(task, seed));
            }
        } catch (DatasetException | ModelException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** What they learn from. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        tasks.forEach(task -> task.notes().forEach(notes::add));
        return notes;
    }

    /** Leaves out mini-batches of each that a stopped run has seen. */
    void skip(long batches) {
        tasks.forEach(task -> task.skip(batches));
    }

    /**
     * Adds the gradients of some mini-batches of each task.
     *
     * @param step from 1
     * @return the mean of their losses, and all samples
     */
    TaskReport backward(int step, int batches)
            throws DatasetException, EngineException, ModelException {
        double loss = 0;
        int samples = 0;
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        List<String> replaced = new ArrayList<>();
        Map<String, Double> parts = new LinkedHashMap<>();
        for (int i = 0; i < batches; i++) {
            for (Task task : tasks) {
                TaskReport report = task.backward(step);
                loss += report.loss() / batches;
                samples += report.samples();
                replaced.addAll(report.replaced());
                report.ids()
                        .forEach(
                                (source, some) ->
                                        ids.computeIfAbsent(source, s -> new ArrayList<>())
                                                .addAll(some));
                report.parts()
                        .forEach((name, value) -> parts.merge(name, value / batches, Double::sum));
            }
        }
        return new TaskReport(loss, samples, ids, replaced, parts);
    }

    /** Waits for samples that are being read: their files are open. */
    @Override
    public void close() {
        readers.shutdownNow();
        readers.close();
        tasks.forEach(Task::close);
    }
}
