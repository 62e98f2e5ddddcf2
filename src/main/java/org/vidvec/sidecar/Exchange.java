package org.vidvec.sidecar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import org.vidvec.media.FfmpegBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaSource;

/**
 * The node's side of a file that is being decoded: gives ranges, takes frames. The decoder reads
 * the files of strangers, so its numbers are not trusted either.
 */
final class Exchange {

    private final Wire wire;
    private final MediaSource source;
    private final HeldFrames frames;

    /**
     * @param frames takes frames and windows
     */
    Exchange(Wire wire, MediaSource source, HeldFrames frames) {
        this.wire = wire;
        this.source = source;
        this.frames = frames;
    }

    /**
     * Until the last message.
     *
     * @throws MediaException if the decoder refuses the file, or is busy
     * @throws IOException if it breaks off
     */
    MediaInfo run() throws MediaException, IOException {
        DataInputStream in = wire.in();
        while (true) {
            byte message = in.readByte();
            switch (message) {
                case Protocol.NEED -> give(in.readLong(), in.readInt());
                case Protocol.FRAME -> frames.add(Protocol.frame(in));
                case Protocol.WINDOW -> window(in);
                case Protocol.DONE -> {
                    return Protocol.info(in);
                }
                case Protocol.REFUSED -> throw refusal(in);
                case Protocol.BUSY ->
                        throw new MediaException(
                                Reason.BUSY,
                                "could not decode ["
                                        + source.name()
                                        + "] now: the decoder has its hands full; try again, or"
                                        + " start it with more [--threads]");
                default -> throw new ProtocolException("message [" + message + "]");
            }
        }
    }

    private void give(long position, int length) throws IOException {
        if (length < 1 || length > Protocol.LARGEST_RANGE || position < 0) {
            throw new ProtocolException("a range of [" + length + "] bytes");
        }
        DataOutputStream out = wire.out();
        byte[] bytes = new byte[length];
        try {
            int n = source.read(position, bytes, 0, length);
            out.writeInt(n);
            out.write(bytes, 0, Math.max(0, n));
        } catch (IOException e) {
            out.writeInt(Protocol.UNREADABLE);
            out.writeUTF(String.valueOf(e.getMessage()));
        }
        out.flush();
    }

    private void window(DataInputStream in) throws IOException {
        double start = in.readDouble();
        double end = in.readDouble();
        int n = in.readInt();
        if (n < 1 || n > FfmpegBackend.CLIP_BYTES / 3) {
            throw new ProtocolException("a window of [" + n + "] frames");
        }
        int[] indices = new int[n];
        for (int i = 0; i < n; i++) {
            indices[i] = in.readInt();
        }
        frames.hand(start, end, indices);
    }

    private static MediaException refusal(DataInputStream in) throws IOException {
        int reason = in.readUnsignedByte();
        Reason[] all = Reason.values();
        if (reason >= all.length) {
            throw new ProtocolException("reason [" + reason + "]");
        }
        return new MediaException(all[reason], in.readUTF());
    }
}
