package org.vidvec.media;

import java.util.function.Consumer;
import org.vidvec.natives.NativeLibraries;

/** The one door for files of any kind: looks at the first bytes and hands the file on. */
public final class MediaReader implements MediaBackend {

    private final MediaBackend pictures;
    private final MediaBackend documents;

    /** FFmpeg inside this process for videos and pictures; loads nothing yet. */
    public MediaReader(NativeLibraries natives) {
        this(new FfmpegBackend(natives), new PdfBackend(natives));
    }

    /** Reads every video in the ways that are meant for large ones: to try these on small ones. */
    public static MediaReader forLargeFiles(NativeLibraries natives) {
        return new MediaReader(FfmpegBackend.forLargeFiles(natives), new PdfBackend(natives));
    }

    /**
     * @param pictures for videos and pictures, and to refuse what is neither
     * @param documents for PDFs
     */
    MediaReader(MediaBackend pictures, MediaBackend documents) {
        this.pictures = pictures;
        this.documents = documents;
    }

    @Override
    public Clip read(MediaSource source, Sampling sampling, MediaLimits limits)
            throws MediaException {
        return backend(source, limits).read(source, sampling, limits);
    }

    @Override
    public MediaInfo windows(
            MediaSource source, WindowRequest request, MediaLimits limits, Consumer<Window> taker)
            throws MediaException {
        return backend(source, limits).windows(source, request, limits, taker);
    }

    private MediaBackend backend(MediaSource source, MediaLimits limits) throws MediaException {
        Refusals.checkSize(source, limits);
        boolean document = FileKind.of(source).family() == FileKind.Family.DOCUMENT;
        return document ? documents : pictures;
    }
}
