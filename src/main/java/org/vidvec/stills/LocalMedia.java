package org.vidvec.stills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Consumer;
import org.vidvec.datasets.NumberedPictures;
import org.vidvec.media.Clip;
import org.vidvec.media.FileSource;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;

/** Decodes what lies at a place: a file, or the video that a folder of pictures is. */
public final class LocalMedia {

    private final MediaBackend media;

    /**
     * @param media decodes files
     */
    public LocalMedia(MediaBackend media) {
        this.media = media;
    }

    /**
     * The wanted frames.
     *
     * @throws IOException if the file or folder can't be opened
     * @throws MediaException if it can't be decoded
     */
    public Clip read(Path place, Sampling sampling) throws IOException, MediaException {
        if (Files.isDirectory(place)) {
            return new PictureVideo(media, place).read(sampling);
        }
        try (FileSource source = new FileSource(place)) {
            return media.read(source, sampling, MediaLimits.DEFAULT);
        }
    }

    /**
     * The windows of a video, in the order of their starts.
     *
     * @throws IOException if the file or folder can't be opened
     * @throws MediaException if it can't be decoded or is no video
     */
    public MediaInfo windows(Path place, WindowRequest request, Consumer<Window> taker)
            throws IOException, MediaException {
        if (Files.isDirectory(place)) {
            return new PictureVideo(media, place).windows(request, taker);
        }
        try (FileSource source = new FileSource(place)) {
            return media.windows(source, request, MediaLimits.DEFAULT, taker);
        }
    }

    /**
     * Bytes and time of the last change: another version has others.
     *
     * @throws IOException if they can't be read
     */
    public static String version(Path place) throws IOException {
        List<Path> files = Files.isDirectory(place) ? NumberedPictures.in(place) : List.of(place);
        long bytes = 0;
        FileTime last = FileTime.fromMillis(0);
        for (Path file : files) {
            bytes += Files.size(file);
            FileTime time = Files.getLastModifiedTime(file);
            last = time.compareTo(last) > 0 ? time : last;
        }
        return bytes + "|" + last;
    }
}
