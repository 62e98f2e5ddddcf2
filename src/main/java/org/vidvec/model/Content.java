package org.vidvec.model;

import java.util.List;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;

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
