package org.vidvec.search;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.client.NoOpNodeClient;
import org.elasticsearch.threadpool.ThreadPool;

/**
 * Stands for the rest of the cluster at the border of this package: answers each request on another
 * thread with what a test says, and remembers the requests.
 */
final class AnsweringClient extends NoOpNodeClient {

    private final ThreadPool threads;
    private final Function<ActionRequest, ActionResponse> answers;
    private final List<ActionRequest> requests = new CopyOnWriteArrayList<>();

    /**
     * @param answers the response; an exception that it throws is the failure; null for no answer
     *     at all
     */
    AnsweringClient(ThreadPool threads, Function<ActionRequest, ActionResponse> answers) {
        super(threads);
        this.threads = threads;
        this.answers = answers;
    }

    /** What has been asked so far. */
    List<ActionRequest> requests() {
        return requests;
    }

    @Override
    public <Request extends ActionRequest, Response extends ActionResponse> void doExecute(
            ActionType<Response> action, Request request, ActionListener<Response> listener) {
        executeLocally(action, request, listener);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <Request extends ActionRequest, Response extends ActionResponse> Task executeLocally(
            ActionType<Response> action, Request request, ActionListener<Response> listener) {
        requests.add(request);
        threads.generic()
                .execute(
                        () -> {
                            Response response;
                            try {
                                response = (Response) answers.apply(request);
                            } catch (RuntimeException e) {
                                listener.onFailure(e);
                                return;
                            }
                            if (response != null) {
                                ActionListener.respondAndRelease(listener, response);
                            }
                        });
        long id = requests.size();
        return new CancellableTask(id, "", action.name(), "", TaskId.EMPTY_TASK_ID, Map.of());
    }

    @Override
    public String getLocalNodeId() {
        return "node";
    }
}
