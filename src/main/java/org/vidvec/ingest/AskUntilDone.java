package org.vidvec.ingest;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.RetryableAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.vidvec.action.Failures;

/**
 * One call for a document: where all queues are full it waits and tries again until its time is up.
 * No thread waits with it.
 *
 * @param <R> the answer
 */
final class AskUntilDone<R> extends RetryableAction<R> {

    private static final Logger logger = LogManager.getLogger(AskUntilDone.class);

    // a small batch on a CPU takes about that long
    private static final TimeValue FIRST_DELAY = TimeValue.timeValueMillis(100);
    private static final TimeValue MAX_DELAY = TimeValue.timeValueSeconds(10);

    private final Client client;
    private final Question<R> question;
    private final long deadline;

    /**
     * Asks once.
     *
     * @param <R> the answer
     */
    interface Question<R> {
        void ask(TimeValue timeLeft, ActionListener<R> listener);
    }

    /**
     * @param timeout bounds all tries together
     */
    AskUntilDone(
            Client client, TimeValue timeout, Question<R> question, ActionListener<R> listener) {
        super(
                logger,
                client.threadPool(),
                FIRST_DELAY,
                MAX_DELAY,
                timeout,
                listener,
                client.threadPool().generic());
        this.client = client;
        this.question = question;
        this.deadline = now() + timeout.millis();
    }

    @Override
    public void tryAction(ActionListener<R> listener) {
        question.ask(TimeValue.timeValueMillis(Math.max(1, deadline - now())), listener);
    }

    @Override
    public boolean shouldRetry(Exception e) {
        return Failures.isFull(e);
    }

    private long now() {
        return client.threadPool().relativeTimeInMillis();
    }
}
