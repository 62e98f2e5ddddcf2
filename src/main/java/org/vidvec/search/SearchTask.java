package org.vidvec.search;

import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.tasks.TaskId;

/**
 * Whose question it is: the task of the search that a user sent, so that what it asked of a model
 * ends with it. The host gives the searches inside of a retriever no parent, and neither them nor a
 * rewrite their own task; what is noted in the thread's context goes with all of them.
 */
final class SearchTask {

    private static final String KEY = "_vidvec_search_task";

    private SearchTask() {}

    /** Notes the task of a search, unless this is one inside of it. */
    static void note(ThreadContext context, TaskId search) {
        if (context.getTransient(KEY) == null) {
            context.putTransient(KEY, search);
        }
    }

    /** Makes a request a child of the search that asks, if one does. */
    static <Q extends ActionRequest> Q adopt(Client client, Q request) {
        TaskId search = client.threadPool().getThreadContext().getTransient(KEY);
        if (search != null) {
            request.setParentTask(search);
        }
        return request;
    }
}
