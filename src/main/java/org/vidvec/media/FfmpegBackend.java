package org.vidvec.media;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.natives.NativeLibraries;

/**
 * Decodes with FFmpeg inside this process. Bytes come from a {@link MediaSource} only: FFmpeg may
 * open no file and no address, and knows no container that names others.
 *
 * <p>Frames are as stored (full size, upright), unless all frames of a clip together would take
 * more than {@link #CLIP_BYTES}: then they are scaled down to that.
 */
public final class FfmpegBackend implements MediaBackend {

    /** Most that the frames of one clip take on the heap; over twice what a model looks at. */
    public static final long CLIP_BYTES = 128L << 20;

    private static final Logger LOG = System.getLogger(FfmpegBackend.class.getName());

    // read at once, so that two passes over a small file cost one read
    static final int SMALL_BYTES = 16 << 20;

    private static final double MIN_SAVING = 0.5;

    private final NativeLibraries natives;
    private final double minSaving;
    private final int smallBytes;

    /** Loads nothing yet: the libraries are loaded by the first read. */
    public FfmpegBackend(NativeLibraries natives) {
        this(natives, MIN_SAVING, SMALL_BYTES);
    }

    /**
     * @param minSaving see {@link VideoReader}
     * @param smallBytes size of the largest file that is held in memory
     */
    FfmpegBackend(NativeLibraries natives, double minSaving, int smallBytes) {
        this.natives = natives;
        this.minSaving = minSaving;
        this.smallBytes = smallBytes;
    }

    /** Reads every file in the ways that are meant for large ones, and jumps wherever it can. */
    public static FfmpegBackend forLargeFiles(NativeLibraries natives) {
        return new FfmpegBackend(natives, 0, 0);
    }

    @Override
    public Clip read(MediaSource source, Sampling sampling, MediaLimits limits)
            throws MediaException {
        return guarded(
                source,
                limits,
                (small, kind, deadline) -> {
                    if (kind.words().equals(FileKind.ANIMATED_WEBP)) {
                        return new WebpReader(small, sampling, limits, deadline).read();
                    }
                    BoxedPicture boxed = boxed(small, kind, limits);
                    if (boxed != null) {
                        return image(boxed, limits, deadline);
                    }
                    VideoFile file = videoFile(small, kind, limits, deadline);
                    Demuxer demuxer = file.open();
                    if (demuxer.image()) {
                        return image(demuxer, demuxer.containerName(), demuxer.display(), limits);
                    }
                    try (ScannedVideo video = ScannedVideo.of(demuxer, file)) {
                        return new VideoReader(video, sampling, limits, minSaving).read();
                    }
                });
    }

    @Override
    public MediaInfo windows(
            MediaSource source, WindowRequest request, MediaLimits limits, Consumer<Window> taker)
            throws MediaException {
        return guarded(
                source,
                limits,
                (small, kind, deadline) -> {
                    VideoFile file = videoFile(small, kind, limits, deadline);
                    if (kind.words().equals(FileKind.ANIMATED_WEBP)
                            || boxed(small, kind, limits) != null) {
                        throw picture(small.name());
                    }
                    Demuxer demuxer = file.open();
                    if (demuxer.image()) {
                        demuxer.close();
                        throw picture(small.name());
                    }
                    try (ScannedVideo video = ScannedVideo.of(demuxer, file)) {
                        return new WindowReader(video, request, limits)
                                .read(w -> deadline.without(() -> taker.accept(w)));
                    }
                });
    }

    private VideoFile videoFile(
            MediaSource source, FileKind kind, MediaLimits limits, Deadline deadline) {
        boolean small = source.size() <= smallBytes;
        return new VideoFile(source, kind, limits, deadline, small, true);
    }

    private static MediaException picture(String name) {
        return new MediaException(
                Reason.UNSUPPORTED,
                "[" + name + "] has no windows, as it is a picture; embed it whole");
    }

    /** Reads a file that FFmpeg may see. */
    private interface Read<T> {
        T of(MediaSource source, FileKind kind, Deadline deadline) throws MediaException;
    }

    private <T> T guarded(MediaSource source, MediaLimits limits, Read<T> read)
            throws MediaException {
        String name = source.name();
        Refusals.checkSize(source, limits);
        FileKind kind = FileKind.of(source);
        kind.require(name);
        StoredSize.of(source).check(name, limits);
        FfmpegLibraries.load(natives);
        try {
            return read.of(small(source), kind, new Deadline(name, limits.timeout()));
        } catch (MediaException e) {
            throw e;
        } catch (Throwable t) {
            // an Error must not travel on: the node would die of it
            LOG.log(Level.ERROR, "decoding [" + name + "] failed", t);
            throw new MediaException(
                    Reason.DECODER,
                    "could not decode [" + name + "]: the decoder failed; see the node's log");
        }
    }

    private static BoxedPicture boxed(MediaSource source, FileKind kind, MediaLimits limits)
            throws MediaException {
        return kind.boxedPicture() ? BoxedPicture.of(source, kind, limits) : null;
    }

    private Clip image(BoxedPicture boxed, MediaLimits limits, Deadline deadline)
            throws MediaException {
        FileKind avif = new FileKind(FileKind.Family.MEDIA, FileKind.AVIF);
        Demuxer demuxer = videoFile(boxed.coded(), avif, limits, deadline).open();
        return image(demuxer, "avif", demuxer.display().lying(boxed.orientation()), limits);
    }

    private static Clip image(
            Demuxer demuxer, String container, Display display, MediaLimits limits)
            throws MediaException {
        String name = demuxer.name();
        try (demuxer;
                FrameStream stream = FrameStream.of(demuxer, name, limits);
                RgbConverter converter =
                        new RgbConverter(
                                name,
                                new PictureMemory(name, limits, 1),
                                RgbConverter.Rounding.STILL,
                                display)) {
            if (!stream.next()) {
                throw Refusals.corrupt(name, "the picture is truncated or damaged");
            }
            Frame frame = converter.convert(stream.frame(), 0, 0);
            return new Clip(
                    new MediaInfo(
                            "image",
                            container,
                            demuxer.codecName(),
                            converter.shown().width(),
                            converter.shown().height(),
                            0,
                            0,
                            converter.shown().transparency()),
                    List.of(frame));
        }
    }

    private MediaSource small(MediaSource source) throws MediaException {
        if (source instanceof BytesSource || source.size() > smallBytes) {
            return source;
        }
        byte[] bytes = new byte[(int) source.size()];
        try {
            for (int n = 0; n < bytes.length; ) {
                int r = source.read(n, bytes, n, bytes.length - n);
                if (r < 0) {
                    throw new IOException("it ends at byte [" + n + "] of [" + bytes.length + "]");
                }
                n += r;
            }
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
        return new BytesSource(source.name(), bytes);
    }
}
