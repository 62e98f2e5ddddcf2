package org.vidvec.sidecar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.util.HashSet;
import java.util.Set;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;

/** The decoder's side of one connection: one file. */
final class DecoderSession {

    private final MediaBackend backend;
    private final Wire wire;
    private final Set<Integer> sent = new HashSet<>();

    DecoderSession(MediaBackend backend, Wire wire) {
        this.backend = backend;
        this.wire = wire;
    }

    /**
     * Reads what is wanted, decodes, and answers; the last message is left to be flushed.
     *
     * @throws IOException if the other side went away or speaks otherwise
     */
    void run() throws IOException {
        DataInputStream in = wire.in();
        if (in.readInt() != Protocol.MAGIC) {
            throw new ProtocolException("the other side is of another version");
        }
        RemoteSource source = new RemoteSource(wire, in.readUTF(), in.readLong());
        MediaLimits limits = Protocol.limits(in);
        try {
            MediaInfo info =
                    switch (in.readByte()) {
                        case Protocol.CLIP -> clip(source, Protocol.sampling(in), limits);
                        case Protocol.WINDOWS ->
                                backend.windows(
                                        source, Protocol.windowRequest(in), limits, this::window);
                        default -> throw new ProtocolException("neither frames nor windows");
                    };
            wire.out().writeByte(Protocol.DONE);
            Protocol.write(wire.out(), info);
        } catch (MediaException e) {
            wire.out().writeByte(Protocol.REFUSED);
            wire.out().writeByte(e.reason().ordinal());
            wire.out().writeUTF(e.getMessage());
        }
    }

    private MediaInfo clip(RemoteSource source, Sampling sampling, MediaLimits limits)
            throws MediaException, IOException {
        Clip clip = backend.read(source, sampling, limits);
        for (Frame frame : clip.frames()) {
            send(frame);
        }
        return clip.info();
    }

    private void send(Frame frame) throws IOException {
        wire.out().writeByte(Protocol.FRAME);
        Protocol.write(wire.out(), frame);
    }

    private void window(Window window) {
        try {
            for (Frame frame : window.frames()) {
                if (sent.add(frame.index())) {
                    send(frame);
                }
            }
            DataOutputStream out = wire.out();
            out.writeByte(Protocol.WINDOW);
            out.writeDouble(window.startSeconds());
            out.writeDouble(window.endSeconds());
            out.writeInt(window.frames().size());
            for (Frame frame : window.frames()) {
                out.writeInt(frame.index());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
