package org.vidvec.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.ThreadPool;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.GenerateAction;
import org.vidvec.action.ModelsAction;

/** The host's client with prepared answers: in a node, the actions stand behind it. */
final class AnsweringClient extends NoOpClient {

    final List<EmbedAction.Request> embeds = new ArrayList<>();
    final List<ModelsAction.Request> models = new ArrayList<>();

    /**
     * The next answers to embed requests, responses, exceptions or suppliers of them; the last one
     * stays.
     */
    final Queue<Object> answers = new ConcurrentLinkedQueue<>();

    ModelsAction.Response modelsAnswer;

    final List<GenerateAction.Request> generates = new ArrayList<>();
    GenerateAction.Response generateAnswer;

    AnsweringClient(ThreadPool threads) {
        super(threads);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
            ActionType<R> action, Q request, ActionListener<R> listener) {
        if (action == (ActionType<?>) ModelsAction.INSTANCE) {
            models.add((ModelsAction.Request) (Object) request);
            listener.onResponse((R) modelsAnswer);
            return;
        }
        if (action == (ActionType<?>) GenerateAction.INSTANCE) {
            generates.add((GenerateAction.Request) (Object) request);
            listener.onResponse((R) generateAnswer);
            return;
        }
        assertSame(EmbedAction.INSTANCE, action);
        synchronized (embeds) {
            embeds.add((EmbedAction.Request) (Object) request);
        }
        Object answer = answers.size() > 1 ? answers.poll() : answers.peek();
        if (answer instanceof Supplier<?> fresh) {
            answer = fresh.get();
        }
        if (answer instanceof Exception e) {
            listener.onFailure(e);
        } else {
            listener.onResponse((R) answer);
        }
    }

    private static void assertSame(Object expected, Object found) {
        if (expected != found) {
            throw new AssertionError("unexpected action [" + found + "]");
        }
    }
}
