package org.vidvec.model;

import java.util.List;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Window;

/** One part of what a model reads, in the order of the prompt. */
public sealed interface Content {

    /** The name of its type in requests: {@code text}, {@code image} or {@code video}. */
    String type();

    /** What a model reads of a file: a video with its times, or each picture or page by itself. */
    static List<Content> of(Clip clip) {
        return clip.info().kind().equals("video")
                ? List.of(new Video(clip))
                : clip.frames().stream().<Content>map(Image::new).toList();
    }

    /**
     * What a model reads of a window: a clip of its own, whose times begin with the window; of a
     * document its pages.
     *
     * @param whole the video or document that it is of
     */
    static List<Content> ofWindow(MediaInfo whole, Window window) {
        List<Frame> frames =
                window.frames().stream()
                        .map(
                                frame ->
                                        new Frame(
                                                frame.index(),
                                                Math.max(
                                                        0,
                                                        frame.timeSeconds()
                                                                - window.startSeconds()),
                                                frame.width(),
                                                frame.height(),
                                                frame.rgb()))
                        .toList();
        MediaInfo part =
                new MediaInfo(
                        whole.kind(),
                        whole.container(),
                        whole.codec(),
                        whole.width(),
                        whole.height(),
                        window.endSeconds() - window.startSeconds(),
                        whole.framesPerSecond());
        return of(new Clip(part, frames));
    }

    /** A text. */
    record Text(String value) implements Content {
        @Override
        public String type() {
            return "text";
        }
    }

    /** A picture. */
    record Image(Frame frame) implements Content {
        @Override
        public String type() {
            return "image";
        }
    }

    /** Sampled frames with their times. */
    record Video(Clip clip) implements Content {
        @Override
        public String type() {
            return "video";
        }
    }
}
