package org.vidvec.web;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/**
 * The bytes of an answer, up to a limit. Where a server sends more, the rest is not read, and one
 * byte too many tells so.
 */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final int most;
    private final LongConsumer heap;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /** There is no room for more of it; the cause says why. */
    static final class NoRoom extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoRoom(RuntimeException cause) {
            super(cause);
        }

        @Override
        public synchronized RuntimeException getCause() {
            return (RuntimeException) super.getCause();
        }
    }

    /**
     * @param most bytes
     * @param heap told of bytes before they are kept; may refuse them by an exception
     */
    LimitedBody(int most, LongConsumer heap) {
        this.most = most;
        this.heap = heap;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int n = Math.min(buffer.remaining(), most + 1 - bytes.size());
            try {
                heap.accept(n);
            } catch (RuntimeException e) {
                subscription.cancel();
                body.completeExceptionally(new NoRoom(e));
                return;
            }
            byte[] piece = new byte[n];
            buffer.get(piece);
            bytes.writeBytes(piece);
        }
        if (bytes.size() > most) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
