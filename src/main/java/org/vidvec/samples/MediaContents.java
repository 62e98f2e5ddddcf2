package org.vidvec.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Span;
import org.vidvec.media.Clip;
import org.vidvec.media.FramePlan;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaReader;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.model.Content;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.stills.LocalMedia;

/** Decodes the files that samples name, when they are asked for. */
final class MediaContents {

    private final LocalMedia media;
    private final Sampling sampling;

    /**
     * @param frames of a video or a part of one, evenly spread
     */
    MediaContents(NativeLibraries natives, int frames) {
        media = new LocalMedia(new MediaReader(natives));
        sampling = new Sampling.Uniform(frames);
    }

    /**
     * A video (a file, or a folder of numbered pictures), a picture, or the pages of a document.
     *
     * @throws ModelException of kind INPUT if it can't be decoded
     */
    List<Content> of(Path file) throws ModelException {
        return Content.of(read(file, sampling));
    }

    /** The same of a set's medium, or the part of it that is meant. */
    List<Content> of(Medium medium) throws ModelException {
        return medium.part() == null ? of(medium.file()) : of(medium, medium.part());
    }

    /** A part of a video, as a clip of its own. */
    List<Content> of(Medium video, Span part) throws ModelException {
        Sampling inside = FramePlan.stretch(sampling, part.start(), part.seconds());
        Clip clip = read(video.file(), inside);
        return Content.ofWindow(clip.info(), new Window(part.start(), part.end(), clip.frames()));
    }

    /** How long a video is, in seconds. */
    double seconds(Medium video) throws ModelException {
        return read(video.file(), new Sampling.Uniform(1)).info().durationSeconds();
    }

    private Clip read(Path path, Sampling frames) throws ModelException {
        try {
            return media.read(path, frames);
        } catch (IOException | MediaException e) {
            throw new ModelException(
                    ModelException.Kind.INPUT, "can't read [" + path + "]: " + e.getMessage(), e);
        }
    }
}
