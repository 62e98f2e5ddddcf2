package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;

/** Draws the next batch of lessons in a thread of its own while the last one is learnt. */
public final class LessonQueue implements AutoCloseable {

    private final LessonMaker maker;
    private final int size;
    private final int parts;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("vidvec-lessons").factory());
    private Future<List<LessonBatch>> next;
    private long ahead = -1;

    /**
     * @param size subjects in a batch
     * @param parts of about as many tokens each into which a batch is cut
     */
    public LessonQueue(LessonMaker maker, int size, int parts) {
        this.maker = maker;
        this.size = size;
        this.parts = Math.min(parts, size);
    }

    /**
     * A batch in its parts; the one after it is begun.
     *
     * @param number from 0
     */
    public List<LessonBatch> batch(long number) throws ModelException, EngineException {
        Future<List<LessonBatch>> wanted = ahead == number ? next : begin(number);
        try {
            List<LessonBatch> batch = wanted.get();
            ahead = number + 1;
            next = begin(ahead);
            return batch;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ModelException known -> throw known;
                case EngineException known -> throw known;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while lessons were drawn", e);
        }
    }

    private Future<List<LessonBatch>> begin(long number) {
        return thread.submit(() -> make(number));
    }

    private List<LessonBatch> make(long number) throws ModelException, EngineException {
        List<LessonBatch.Part> subjects = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long id = number * size + i;
            subjects.add(new LessonBatch.Part(id, maker.lessons(id, number)));
        }
        return LessonBatch.cut(subjects, parts);
    }

    /** Waits for the batch that is being drawn: it needs the model, which may be closed next. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
