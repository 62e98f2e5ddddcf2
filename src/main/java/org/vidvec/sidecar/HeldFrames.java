package org.vidvec.sidecar;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vidvec.media.FfmpegBackend;
import org.vidvec.media.Frame;
import org.vidvec.media.Window;

/** The frames that came, of windows only as long as a later one may want them. */
final class HeldFrames {

    // windows that overlap hold more than those of one clip
    private static final long MOST_BYTES = 4 * FfmpegBackend.CLIP_BYTES;

    private final TreeMap<Integer, Frame> held = new TreeMap<>();
    private final Consumer<Window> taker;
    private long bytes;

    /**
     * @param taker gets the windows
     */
    HeldFrames(Consumer<Window> taker) {
        this.taker = taker;
    }

    /**
     * @throws ProtocolException if it came before, or they are too many
     */
    void add(Frame frame) throws ProtocolException {
        bytes += frame.rgb().length;
        if (held.put(frame.index(), frame) != null || bytes > MOST_BYTES) {
            throw new ProtocolException("frame [" + frame.index() + "] is one too many");
        }
    }

    /** Ascending. */
    List<Frame> all() {
        return List.copyOf(held.values());
    }

    /**
     * @param indices of the window's frames, ascending; windows come in the order of their starts
     * @throws ProtocolException if one of the frames did not come
     */
    void hand(double start, double end, int[] indices) throws ProtocolException {
        List<Frame> frames = new ArrayList<>();
        for (int index : indices) {
            Frame frame = held.get(index);
            if (frame == null) {
                throw new ProtocolException("frame [" + index + "] did not come");
            }
            frames.add(frame);
        }
        var gone = held.headMap(indices[0]);
        gone.values().forEach(frame -> bytes -= frame.rgb().length);
        gone.clear();
        taker.accept(new Window(start, end, frames));
    }
}
