package org.vidvec.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Span;
import org.vidvec.media.Clip;
import org.vidvec.media.FramePlan;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;
import org.vidvec.model.Content;
import org.vidvec.stills.LocalMedia;

/** Files, and folders of pictures, decoded by a node's own decoder. */
final class FileShelf implements Shelf {

    private static final int MOST_WINDOWS = 20_000;

    private final LocalMedia media;
    private final Sampling sampling;

    FileShelf(MediaBackend media, Sampling sampling) {
        this.media = new LocalMedia(media);
        this.sampling = sampling;
    }

    /** Reads a file. */
    private interface Reading<T> {
        T read(Path file) throws IOException, MediaException;
    }

    private static <T> T open(Medium medium, Reading<T> reading) throws MediaException {
        try {
            return reading.read(medium.file());
        } catch (IOException e) {
            throw new MediaException(
                    MediaException.Reason.UNREADABLE,
                    "can't read [" + medium.file() + "]: " + e,
                    e);
        }
    }

    @Override
    public List<Content> contents(Medium medium) throws MediaException {
        if (medium.part() == null) {
            Clip clip = open(medium, file -> media.read(file, sampling));
            return Content.of(clip);
        }
        return part(medium);
    }

    /** Evenly spread frames of the part, as many as a video of its length would give. */
    private List<Content> part(Medium medium) throws MediaException {
        Span part = medium.part();
        Sampling at = FramePlan.stretch(sampling, part.start(), part.seconds());
        return Content.of(open(medium, file -> media.read(file, at)));
    }

    @Override
    public List<Stretch> windows(Medium video, double windowSeconds, double strideSeconds)
            throws MediaException {
        WindowRequest request =
                new WindowRequest(
                        new Windows.Sliding(windowSeconds, strideSeconds), sampling, MOST_WINDOWS);
        List<Window> windows = new ArrayList<>();
        MediaInfo info = open(video, file -> media.windows(file, request, windows::add));
        return windows.stream()
                .map(
                        w ->
                                new Stretch(
                                        new Span(w.startSeconds(), w.endSeconds()),
                                        Content.ofWindow(info, w)))
                .toList();
    }

    @Override
    public String key(Medium medium) throws MediaException {
        try {
            return String.join(
                    "|",
                    sampling.toString(),
                    String.valueOf(medium.part()),
                    medium.file().toAbsolutePath().normalize().toString(),
                    LocalMedia.version(medium.file()));
        } catch (IOException e) {
            throw new MediaException(
                    MediaException.Reason.UNREADABLE,
                    "can't read [" + medium.file() + "]: " + e,
                    e);
        }
    }
}
