package org.vidvec.model;

import org.vidvec.media.Clip;
import org.vidvec.media.Frame;

/** One part of what a model reads, in the order of the prompt. */
public sealed interface Content {

    /** The name of its type in requests: {@code text}, {@code image} or {@code video}. */
    String type();

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
