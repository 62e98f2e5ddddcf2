package org.vidvec.inference;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.vidvec.media.Sampling;

/**
 * The items of a call, or one candidate of it, on their way to frames. Whatever becomes of it, each
 * source is closed once: after decoding, or when it is dropped before.
 */
final class DecodeTask {

    private static final Logger LOGGER = System.getLogger(DecodeTask.class.getName());

    private enum State {
        WAITING,
        RUNNING,
        OVER
    }

    /** What becomes of the items. */
    enum Use {
        /** One vector; facts of the first file are told, with all of its bytes for their hash. */
        VECTOR,
        /** The same, and its frames are kept. */
        VECTOR_AND_FRAMES,
        /** Nothing is told of the files. */
        CONTENTS,
        /** Each becomes one content or is left out, which ends no other; nothing else is told. */
        CANDIDATES
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Decoded> answer = new CompletableFuture<>();
    private final List<InputItem> items;
    private final Lane lane;
    private final Use use;
    // why each can't be used, of candidates
    private final InferenceException[] failures;
    private volatile Sampling sampling;
    private volatile WindowPass windows;

    DecodeTask(List<InputItem> items, Lane lane, Use use) {
        this.items = List.copyOf(items);
        this.lane = lane;
        this.use = use;
        this.failures = new InferenceException[items.size()];
    }

    List<InputItem> items() {
        return items;
    }

    Lane lane() {
        return lane;
    }

    boolean keepFrames() {
        return use == Use.VECTOR_AND_FRAMES;
    }

    /** Whether facts of the first file are wanted. */
    boolean tellsFacts() {
        return use == Use.VECTOR || use == Use.VECTOR_AND_FRAMES;
    }

    boolean isOfCandidates() {
        return use == Use.CANDIDATES;
    }

    /** Leaves an item out, of candidates. */
    void leaveOut(int item, InferenceException why) {
        failures[item] = why;
    }

    /** Why an item was left out; null if it was not. Known with the answer. */
    InferenceException failure(int item) {
        return failures[item];
    }

    Sampling sampling() {
        return sampling;
    }

    /** Which frames are wanted; known once the model is. */
    void sampling(Sampling wanted) {
        sampling = wanted;
    }

    /** Takes a video's windows; null if nobody does. */
    WindowPass windows() {
        return windows;
    }

    /** Whoever takes a video's windows; told before it is decoded. */
    void windows(WindowPass taker) {
        windows = taker;
    }

    /** The contents, or an {@link InferenceException}. */
    CompletableFuture<Decoded> answer() {
        return answer;
    }

    /** Whether nobody waits for the answer any more. */
    boolean abandoned() {
        return answer.isDone();
    }

    /** Whether there is nothing to decode. */
    boolean isText() {
        return items.stream().allMatch(InputItem.Text.class::isInstance);
    }

    /** Claims the sources for decoding; false if it was dropped. */
    boolean start() {
        return state.compareAndSet(State.WAITING, State.RUNNING);
    }

    /** Closes the sources of a task that was started, and answers. */
    void finish(Decoded decoded, InferenceException failure) {
        state.set(State.OVER);
        closeSources();
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else if (!answer.complete(decoded)) {
            decoded.close();
        }
    }

    /** Nobody wants it any more. */
    void drop() {
        if (state.compareAndSet(State.WAITING, State.OVER)) {
            closeSources();
        }
        answer.cancel(false);
    }

    private void closeSources() {
        for (InputItem item : items) {
            if (item instanceof InputItem.Media media) {
                try {
                    media.source().close();
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, "could not close [" + media.source().name() + "]", e);
                }
            }
        }
    }
}
