package org.vidvec.media;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vidvec.media.WindowPlan.Span;

/**
 * Hands out windows as soon as their last frame is there, and keeps a frame as long as a later
 * window wants it.
 */
final class WindowAssembler {

    private final List<Span> spans;
    private final Consumer<Window> taker;
    private final TreeMap<Integer, Frame> held = new TreeMap<>();
    private int next;
    private int lastTaken = -1;

    WindowAssembler(WindowPlan plan, Consumer<Window> taker) {
        this.spans = plan.spans();
        this.taker = taker;
    }

    /** The next wanted frame, in order. */
    void take(Frame frame) {
        held.put(frame.index(), frame);
        lastTaken = frame.index();
        while (next < spans.size() && last(spans.get(next)) <= frame.index()) {
            hand();
        }
    }

    /** Index of the last frame that came, or -1. */
    int lastTaken() {
        return lastTaken;
    }

    /** No more frames come: hands out what is left with the frames that it has. */
    void finish() {
        while (next < spans.size()) {
            hand();
        }
    }

    private static int last(Span span) {
        return span.wanted()[span.wanted().length - 1];
    }

    private void hand() {
        Span span = spans.get(next++);
        List<Frame> frames =
                List.copyOf(held.subMap(span.wanted()[0], true, last(span), true).values()).stream()
                        .filter(f -> java.util.Arrays.binarySearch(span.wanted(), f.index()) >= 0)
                        .toList();
        if (frames.isEmpty() == false) {
            taker.accept(new Window(span.start(), span.end(), frames));
        }
        if (next < spans.size()) {
            held.headMap(spans.get(next).wanted()[0]).clear();
        }
    }
}
