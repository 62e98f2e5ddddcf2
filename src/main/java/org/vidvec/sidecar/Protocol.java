package org.vidvec.sidecar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.FfmpegBackend;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import org.vidvec.media.Transparency;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;

/**
 * What is said on a connection, one per file. The node begins with {@link #MAGIC}, name and size of
 * the file, limits, and {@link #CLIP} or {@link #WINDOWS} with what is wanted. Then the decoder
 * sends messages, each a byte and its fields, until {@link #DONE} or a refusal; the node answers
 * only {@link #NEED}. Numbers are big-endian, texts as {@link DataOutputStream#writeUTF} has them.
 */
final class Protocol {

    /** {@code VDV} and the version: both sides must be of the same. */
    static final int MAGIC = 'V' << 24 | 'D' << 16 | 'V' << 8 | 3;

    /** All frames of a {@link Sampling}. */
    static final byte CLIP = 'C';

    /** The windows of a {@link WindowRequest}. */
    static final byte WINDOWS = 'W';

    /** Position and length of bytes that the decoder wants: their number or -1, and they. */
    static final byte NEED = 'N';

    /** A frame. */
    static final byte FRAME = 'F';

    /** Start, end and the indices of frames that came before. */
    static final byte WINDOW = 'w';

    /** What the file is; the last message. */
    static final byte DONE = 'D';

    /** Why the file is refused; the last message. */
    static final byte REFUSED = 'R';

    /** In place of everything: as many files as the decoder takes at once are under way. */
    static final byte BUSY = 'B';

    /** An answer to {@link #NEED}: the bytes can't be had, and why. */
    static final int UNREADABLE = -2;

    /** Most bytes of one {@link #NEED}. */
    static final int LARGEST_RANGE = 1 << 20;

    // FFmpeg knows about 500
    private static final int MOST_CODECS = 4096;

    private Protocol() {}

    static void write(DataOutputStream out, MediaLimits limits) throws IOException {
        out.writeLong(limits.maxBytes());
        out.writeLong(limits.maxDuration().toNanos());
        out.writeLong(limits.maxPixels());
        out.writeInt(limits.maxFrames());
        out.writeLong(limits.timeout().toNanos());
        out.writeInt(limits.maxPages());
        out.writeInt(limits.dpi());
        out.writeLong(limits.maxMemory());
        out.writeInt(limits.codecs().size());
        for (String codec : limits.codecs()) {
            out.writeUTF(codec);
        }
    }

    static MediaLimits limits(DataInputStream in) throws IOException {
        return new MediaLimits(
                in.readLong(),
                Duration.ofNanos(in.readLong()),
                in.readLong(),
                in.readInt(),
                Duration.ofNanos(in.readLong()),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                codecs(in));
    }

    private static List<String> codecs(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_CODECS) {
            throw new ProtocolException("[" + count + "] codecs");
        }
        List<String> codecs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            codecs.add(in.readUTF());
        }
        return codecs;
    }

    static void write(DataOutputStream out, Sampling sampling) throws IOException {
        switch (sampling) {
            case Sampling.Uniform s -> numbers(out, 'u', s.frames());
            case Sampling.Fps s -> numbers(out, 'f', s.framesPerSecond(), s.maxFrames());
            case Sampling.Spread s ->
                    numbers(out, 'p', s.framesPerSecond(), s.minFrames(), s.maxFrames());
            case Sampling.Stride s ->
                    numbers(
                            out,
                            'd',
                            s.framesPerSecond(),
                            s.minFrames(),
                            s.maxFrames(),
                            s.multiple());
            case Sampling.Timestamps s ->
                    numbers(out, 't', s.seconds().stream().mapToDouble(t -> t).toArray());
            case Sampling.Shots s -> numbers(out, 's', s.framesPerShot(), s.maxFrames());
        }
    }

    static Sampling sampling(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        double[] n = numbers(in);
        return switch (kind) {
            case 'u' -> new Sampling.Uniform((int) n[0]);
            case 'f' -> new Sampling.Fps(n[0], (int) n[1]);
            case 'p' -> new Sampling.Spread(n[0], (int) n[1], (int) n[2]);
            case 'd' -> new Sampling.Stride(n[0], (int) n[1], (int) n[2], (int) n[3]);
            case 't' -> new Sampling.Timestamps(list(n));
            case 's' -> new Sampling.Shots((int) n[0], (int) n[1]);
            default -> throw new ProtocolException("sampling [" + kind + "]");
        };
    }

    private static List<Double> list(double[] numbers) {
        List<Double> all = new ArrayList<>();
        for (double number : numbers) {
            all.add(number);
        }
        return all;
    }

    static void write(DataOutputStream out, WindowRequest request) throws IOException {
        switch (request.windows()) {
            case Windows.Sliding s -> numbers(out, 'w', s.windowSeconds(), s.strideSeconds());
            case Windows.Shots s -> numbers(out, 's', s.minSeconds(), s.maxSeconds());
        }
        write(out, request.sampling());
        out.writeInt(request.maxWindows());
    }

    static WindowRequest windowRequest(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        double[] n = numbers(in);
        Windows windows =
                switch (kind) {
                    case 'w' -> new Windows.Sliding(n[0], n[1]);
                    case 's' -> new Windows.Shots(n[0], n[1]);
                    default -> throw new ProtocolException("windows [" + kind + "]");
                };
        return new WindowRequest(windows, sampling(in), in.readInt());
    }

    static void write(DataOutputStream out, MediaInfo info) throws IOException {
        out.writeUTF(info.kind());
        out.writeUTF(info.container());
        out.writeUTF(info.codec());
        out.writeInt(info.width());
        out.writeInt(info.height());
        out.writeDouble(info.durationSeconds());
        out.writeDouble(info.framesPerSecond());
        out.writeUTF(info.transparency().name());
    }

    static MediaInfo info(DataInputStream in) throws IOException {
        return new MediaInfo(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readInt(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                transparency(in.readUTF()));
    }

    private static Transparency transparency(String name) throws ProtocolException {
        try {
            return Transparency.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("transparency [" + name + "]");
        }
    }

    static void write(DataOutputStream out, Frame frame) throws IOException {
        out.writeInt(frame.index());
        out.writeDouble(frame.timeSeconds());
        out.writeInt(frame.width());
        out.writeInt(frame.height());
        out.write(frame.rgb());
    }

    /**
     * @throws ProtocolException if it is larger than any clip
     */
    static Frame frame(DataInputStream in) throws IOException {
        int index = in.readInt();
        double time = in.readDouble();
        int width = in.readInt();
        int height = in.readInt();
        if (width < 1 || height < 1 || (long) width * height > FfmpegBackend.CLIP_BYTES) {
            throw new ProtocolException("a frame of [" + width + "x" + height + "]");
        }
        byte[] rgb = new byte[3 * width * height];
        in.readFully(rgb);
        return new Frame(index, time, width, height, rgb);
    }

    private static void numbers(DataOutputStream out, char kind, double... numbers)
            throws IOException {
        out.writeByte(kind);
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] numbers(DataInputStream in) throws IOException {
        int n = in.readInt();
        // timestamps are at most as many
        if (n < 1 || n > 4096) {
            throw new ProtocolException("[" + n + "] numbers");
        }
        double[] numbers = new double[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }
}
