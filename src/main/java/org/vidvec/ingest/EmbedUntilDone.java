package org.vidvec.ingest;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.RetryableAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.Failures;

/**
 * One document's call: where all queues are full it waits and tries again until its time is up. No
 * thread waits with it.
 */
final class EmbedUntilDone extends RetryableAction<EmbedAction.Response> {

    private static final Logger logger = LogManager.getLogger(EmbedUntilDone.class);

    // a small batch on a CPU takes about that long
    private static final TimeValue FIRST_DELAY = TimeValue.timeValueMillis(100);
    private static final TimeValue MAX_DELAY = TimeValue.timeValueSeconds(10);

    private final Client client;
    private final EmbedAction.Request request;
    private final long deadline;

    /**
     * @param request its timeout bounds all tries together
     */
    EmbedUntilDone(
            Client client,
            EmbedAction.Request request,
            ActionListener<EmbedAction.Response> listener) {
        super(
                logger,
                client.threadPool(),
                FIRST_DELAY,
                MAX_DELAY,
                request.timeout(),
                listener,
                client.threadPool().generic());
        this.client = client;
        this.request = request;
        this.deadline = now() + request.timeout().millis();
    }

    @Override
    public void tryAction(ActionListener<EmbedAction.Response> listener) {
        long left = Math.max(1, deadline - now());
        client.execute(
                EmbedAction.INSTANCE, request.within(TimeValue.timeValueMillis(left)), listener);
    }

    @Override
    public boolean shouldRetry(Exception e) {
        return Failures.isFull(e);
    }

    private long now() {
        return client.threadPool().relativeTimeInMillis();
    }
}
