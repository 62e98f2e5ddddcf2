package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.Embedding;

/**
 * Embeds the windows of a video, or the pages of a document, while the rest of it is still decoded.
 * The decode thread waits where too many frames are under way; it is woken when one window is
 * embedded or the call ends.
 */
final class WindowPass {

    /** Frames of windows under way, of one video; one window may always be. */
    static final int LARGEST_KIB = 64 << 10;

    private static final long POLL_MILLIS = 50;

    /** What is asked of the model about a window's frames. */
    interface Asking {
        CompletableFuture<Embedding> embed(EmbedInput input);

        CompletableFuture<String> caption(List<Content> frames);
    }

    private final EmbedCall call;
    private final MomentsWanted wanted;
    private final Flight<?> flight;
    private final Asking asking;
    private final Semaphore room = new Semaphore(LARGEST_KIB);
    private final List<CompletableFuture<Moment>> moments = new ArrayList<>();

    /**
     * @param wanted of the call, or what the model's card says
     */
    WindowPass(EmbedCall call, MomentsWanted wanted, Flight<?> flight, Asking asking) {
        this.call = call;
        this.wanted = wanted;
        this.flight = flight;
        this.asking = asking;
    }

    /** Whether the windows of such a video are wanted. */
    boolean isFor(MediaInfo info) {
        return info.kind().equals(wanted.kind().toString()) && wanted.isFor(info.durationSeconds());
    }

    WindowRequest request(Sampling sampling) {
        return new WindowRequest(wanted.windows(), sampling, wanted.max(), wanted.limit());
    }

    /** Takes the next window, on the decode thread. */
    void take(MediaInfo info, Window window) {
        int kib = kib(window);
        if (waitForRoom(kib) == false) {
            return;
        }
        List<Content> frames = Content.ofWindow(info, window);
        double start = window.startSeconds();
        double end = window.endSeconds();
        CompletableFuture<Embedding> vector =
                asking.embed(new EmbedInput(frames, call.role(), call.instruction()));
        CompletableFuture<String> caption =
                wanted.captions()
                        ? asking.caption(frames)
                        : CompletableFuture.completedFuture(null);
        moments.add(
                vector.thenCombine(caption, (v, c) -> new Moment(start, end, v.vector(), c))
                        .whenComplete((moment, failure) -> room.release(kib)));
    }

    /** False if the call ended meanwhile. */
    private boolean waitForRoom(int kib) {
        try {
            while (flight.isDone() == false) {
                if (room.tryAcquire(kib, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static int kib(Window window) {
        long bytes = 0;
        for (Frame frame : window.frames()) {
            bytes += frame.rgb().length;
        }
        return (int) Math.min(LARGEST_KIB, bytes >> 10);
    }

    /** All moments in their order, when the last is embedded; asked for when no more come. */
    CompletableFuture<List<Moment>> moments() {
        return CompletableFuture.allOf(moments.toArray(CompletableFuture[]::new))
                .thenApply(all -> moments.stream().map(CompletableFuture::join).toList());
    }
}
