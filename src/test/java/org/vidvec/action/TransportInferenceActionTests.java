package org.vidvec.action;

import java.util.concurrent.CompletableFuture;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskCancelHelper;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.inference.InferenceException;

/** How a task and the future that works for it end together. */
public class TransportInferenceActionTests extends ESTestCase {

    private final CancellableTask task = CallerTests.task();
    private final CompletableFuture<String> work = new CompletableFuture<>();
    private final PlainActionFuture<String> answer = new PlainActionFuture<>();

    public void testResult() {
        TransportInferenceAction.connect(work, task, answer);
        assertFalse(answer.isDone());
        work.complete("done");
        assertEquals("done", answer.actionGet());
    }

    public void testFailure() {
        TransportInferenceAction.connect(work, task, answer);
        work.completeExceptionally(
                new InferenceException(InferenceException.Kind.BAD_INPUT, "no video"));
        Exception e = expectThrows(IllegalArgumentException.class, answer::actionGet);
        assertEquals("no video", e.getMessage());
    }

    public void testCancellingTheTaskCancelsTheWork() {
        TransportInferenceAction.connect(work, task, answer);
        TaskCancelHelper.cancel(task, "the user left");
        assertTrue(work.isCancelled());
        expectThrows(TaskCancelledException.class, answer::actionGet);
    }
}
