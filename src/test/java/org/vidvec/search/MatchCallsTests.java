package org.vidvec.search;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.admin.cluster.node.tasks.cancel.CancelTasksRequest;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;
import org.vidvec.action.ModelsAnswers;

public class MatchCallsTests extends ESTestCase {

    private TestThreadPool threads;

    @Before
    public void startThreads() {
        threads = new TestThreadPool(getTestName());
    }

    @After
    public void stopThreads() {
        terminate(threads);
    }

    private static MatchAction.Request request(TimeValue timeout) {
        List<InputSpec> text = List.of(new InputSpec.Text("a dog"));
        return new MatchAction.Request("m", text, text, List.of(), timeout);
    }

    public void testAnswer() {
        MatchAction.Response response =
                new MatchAction.Response(ModelsAnswers.model("m", "f"), List.of());
        AnsweringClient client = new AnsweringClient(threads, request -> response);
        MatchCalls.Answer answer =
                new MatchCalls(client).ask(request(TimeValue.timeValueSeconds(30)), () -> {});
        assertEquals(response, answer.response());
        assertNull(answer.failure());
        assertEquals("nothing is cancelled", 1, client.requests().size());
    }

    public void testFailureKeepsItsStatus() {
        ElasticsearchStatusException full =
                new ElasticsearchStatusException("full", RestStatus.TOO_MANY_REQUESTS);
        AnsweringClient client =
                new AnsweringClient(
                        threads,
                        request -> {
                            throw full;
                        });
        MatchCalls.Answer answer =
                new MatchCalls(client).ask(request(TimeValue.timeValueSeconds(30)), () -> {});
        assertSame(full, answer.failure());
    }

    public void testDeadlineEndsTheWaitAndTheTask() {
        AnsweringClient client = new AnsweringClient(threads, request -> null);
        MatchCalls.Answer answer =
                new MatchCalls(client).ask(request(TimeValue.timeValueMillis(1)), () -> {});
        assertEquals(
                "[vidvec] timed out after [1ms] waiting for the model to judge [1] hits; raise"
                        + " [timeout], lower [window_size], or set [allow_rerank_failures]",
                answer.failure().getMessage());
        assertEquals(
                RestStatus.REQUEST_TIMEOUT,
                ((ElasticsearchStatusException) answer.failure()).status());
        assertCancelled(client);
    }

    public void testCancelledSearchEndsTheWaitAndTheTask() {
        AnsweringClient client = new AnsweringClient(threads, request -> null);
        AtomicInteger checks = new AtomicInteger();
        Runnable check =
                () -> {
                    if (checks.incrementAndGet() == 2) {
                        throw new TaskCancelledException("the user left");
                    }
                };
        Exception e =
                expectThrows(
                        TaskCancelledException.class,
                        () ->
                                new MatchCalls(client)
                                        .ask(request(TimeValue.timeValueHours(1)), check));
        assertEquals("the user left", e.getMessage());
        assertCancelled(client);
    }

    public void testInterruptedThreadStopsWaiting() throws InterruptedException {
        AnsweringClient client = new AnsweringClient(threads, request -> null);
        CountDownLatch waiting = new CountDownLatch(1);
        Thread thread =
                new Thread(
                        () -> {
                            MatchCalls.Answer answer =
                                    new MatchCalls(client)
                                            .ask(
                                                    request(TimeValue.timeValueHours(1)),
                                                    waiting::countDown);
                            assertEquals("interrupted", answer.failure().getMessage());
                        });
        thread.start();
        waiting.await();
        thread.interrupt();
        thread.join();
        assertCancelled(client);
    }

    private static void assertCancelled(AnsweringClient client) {
        CancelTasksRequest cancel = (CancelTasksRequest) client.requests().get(1);
        assertEquals("node:1", cancel.getTargetTaskId().toString());
    }
}
