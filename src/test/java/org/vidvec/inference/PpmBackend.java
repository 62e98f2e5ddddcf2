package org.vidvec.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.vidvec.media.BytesSource;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaSource;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;

/**
 * Decodes Netpbm's P6 pictures, without natives: one is an image, several in a row are a video of
 * one frame per second.
 */
final class PpmBackend implements MediaBackend {

    /** A file of {@code frames} grey pictures of 2 x 1 pixels. */
    static byte[] file(int frames, int grey) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames; i++) {
            out.writeBytes("P6\n2 1\n255\n".getBytes(StandardCharsets.US_ASCII));
            for (int k = 0; k < 6; k++) {
                out.write(grey);
            }
        }
        return out.toByteArray();
    }

    /** A source that tells whether it was closed. */
    static class Source implements MediaSource {
        private final BytesSource bytes;
        int closed;

        Source(String name, byte[] bytes) {
            this.bytes = new BytesSource(name, bytes);
        }

        @Override
        public String name() {
            return bytes.name();
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return bytes.read(position, target, offset, length);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** A source that breaks off at once. */
    static Source broken(String name) {
        return new Source(name, file(2, 1)) {
            @Override
            public int read(long position, byte[] target, int offset, int length)
                    throws IOException {
                throw new IOException("connection reset");
            }
        };
    }

    /** All frames that were read, as long as somebody holds them. */
    final List<WeakReference<Frame>> read = new CopyOnWriteArrayList<>();

    @Override
    public Clip read(MediaSource source, Sampling sampling, MediaLimits limits)
            throws MediaException {
        byte[] file = bytes(source);
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < file.length; ) {
            String[] header =
                    new String(file, at, Math.min(32, file.length - at), StandardCharsets.US_ASCII)
                            .split("\\s", 5);
            if (header.length < 5 || !header[0].equals("P6")) {
                throw new MediaException(
                        Reason.NOT_MEDIA, "[" + source.name() + "] is not a P6 picture");
            }
            int width = Integer.parseInt(header[1]);
            int height = Integer.parseInt(header[2]);
            at += String.join(" ", header[0], header[1], header[2], header[3]).length() + 1;
            byte[] rgb = new byte[width * height * 3];
            if (at + rgb.length > file.length) {
                throw new MediaException(
                        Reason.CORRUPT, "[" + source.name() + "] breaks off after a header");
            }
            System.arraycopy(file, at, rgb, 0, rgb.length);
            at += rgb.length;
            frames.add(new Frame(frames.size(), width, height, rgb));
        }
        if (frames.isEmpty()) {
            throw new MediaException(Reason.NOT_MEDIA, "[" + source.name() + "] is empty");
        }
        Clip clip = clip(frames, sampling);
        frames.forEach(frame -> read.add(new WeakReference<>(frame)));
        return clip;
    }

    @Override
    public MediaInfo windows(
            MediaSource source, WindowRequest request, MediaLimits limits, Consumer<Window> taker)
            throws MediaException {
        // never more frames than a test makes
        Clip clip = read(source, new Sampling.Uniform(Integer.MAX_VALUE), limits);
        Windows.Sliding cut = (Windows.Sliding) request.windows();
        int n = clip.frames().size();
        int windows = 0;
        for (double start = 0, end = 0; end < n; start += cut.strideSeconds()) {
            end = Math.min(n, start + cut.windowSeconds());
            if (++windows > request.maxWindows()) {
                throw new MediaException(
                        Reason.OVER_LIMIT,
                        "[" + source.name() + "] is over [" + request.setting() + "]");
            }
            taker.accept(new Window(start, end, clip.frames().subList((int) start, (int) end)));
        }
        return clip.info();
    }

    private static Clip clip(List<Frame> frames, Sampling sampling) {
        boolean image = frames.size() == 1;
        int wanted =
                switch (sampling) {
                    case Sampling.Uniform uniform -> uniform.frames();
                    case Sampling.Fps fps -> fps.maxFrames();
                    case Sampling.Spread spread -> spread.maxFrames();
                    case Sampling.Stride stride -> stride.maxFrames();
                    case Sampling.Timestamps times -> times.seconds().size();
                    case Sampling.Shots shots -> shots.maxFrames();
                };
        Frame first = frames.get(0);
        return new Clip(
                new MediaInfo(
                        image ? "image" : "video",
                        "ppm_pipe",
                        "ppm",
                        first.width(),
                        first.height(),
                        image ? 0 : frames.size(),
                        image ? 0 : 1),
                frames.subList(0, Math.min(wanted, frames.size())));
    }

    private static byte[] bytes(MediaSource source) throws MediaException {
        try {
            byte[] file = new byte[(int) source.size()];
            for (int at = 0; at < file.length; ) {
                at += source.read(at, file, at, file.length - at);
            }
            return file;
        } catch (IOException e) {
            throw new MediaException(
                    Reason.UNREADABLE,
                    "could not read [" + source.name() + "]: " + e.getMessage(),
                    e);
        }
    }
}
