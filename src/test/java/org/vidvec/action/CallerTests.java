package org.vidvec.action;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskCancelHelper;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.ESTestCase;

public class CallerTests extends ESTestCase {

    private final AtomicLong clock = new AtomicLong(1000);

    static CancellableTask task() {
        return new CancellableTask(
                1, "transport", EmbedAction.NAME, "", TaskId.EMPTY_TASK_ID, Map.of());
    }

    private Caller caller(CancellableTask task) {
        return new Caller(task, TimeValue.timeValueSeconds(5), clock::get);
    }

    public void testTime() {
        Caller caller = caller(task());
        clock.set(3500);
        caller.check();
        assertEquals(Duration.ofMillis(2500), caller.timeLeft());
        clock.set(6000);
        assertTrue(caller.isGone());
        ElasticsearchStatusException e =
                expectThrows(ElasticsearchStatusException.class, caller::check);
        assertEquals(RestStatus.REQUEST_TIMEOUT, e.status());
        assertEquals(
                "[vidvec] timed out after [5s] waiting for its media to be opened; raise [timeout]"
                        + " or send less at once",
                e.getMessage());
        assertEquals("never none", Duration.ofMillis(1), caller.timeLeft());
    }

    public void testCancelling() {
        CancellableTask task = task();
        Caller caller = caller(task);
        TaskCancelHelper.cancel(task, "the user left");
        assertTrue(caller.isGone());
        expectThrows(TaskCancelledException.class, caller::check);
    }
}
