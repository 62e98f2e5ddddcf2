package org.vidvec.prompt;

import java.util.List;
import org.vidvec.media.Frame;

/** One part of a prompt, in the order in which the decoder reads it. */
public sealed interface PromptPart {

    /** Words; whatever looks like a special token in them is read as plain text. */
    record Text(String value) implements PromptPart {}

    /**
     * What follows the prompt and is read causally, as in training (HF's {@code suffix}); last, and
     * only where the family has it (PaliGemma).
     */
    record Suffix(String value) implements PromptPart {}

    /** Asks for an embedding of a kind, where the family has tokens for that (ViLL-E App. C). */
    enum Embed implements PromptPart {
        /** Of the text that follows. */
        TEXT,
        /** Of the pictures before it. */
        VIDEO
    }

    /**
     * Takes the place of the chat template's system message, wherever it stands among the parts;
     * has no effect outside a chat.
     */
    record SystemMessage(String value) implements PromptPart {}

    /**
     * What the answer of a chat begins with, such as an empty {@code <think>} block; special tokens
     * count in it.
     */
    record Answer(String begin) implements PromptPart {}

    /** Pictures that become vision tokens. */
    sealed interface Vision extends PromptPart {
        /** The pictures at their original size, at least one. */
        List<Frame> frames();
    }

    /** A single picture. */
    record Image(Frame frame) implements Vision {
        @Override
        public List<Frame> frames() {
            return List.of(frame);
        }
    }

    /** Sampled frames in the order of time, all of one size. */
    record Video(List<Frame> frames) implements Vision {}

    /** The images and videos of a prompt, in order. */
    static List<Vision> vision(List<PromptPart> parts) {
        return parts.stream().filter(p -> p instanceof Vision).map(p -> (Vision) p).toList();
    }
}
