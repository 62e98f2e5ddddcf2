package org.vidvec.scratch;

import java.util.List;

/** Qwen2-VL's special tokens, behind the others in this order. */
final class SpecialTokens {

    static final String END_OF_TEXT = "<|endoftext|>";
    static final String END_OF_TURN = "<|im_end|>";
    static final String VISION_START = "<|vision_start|>";
    static final String VISION_END = "<|vision_end|>";
    static final String VISION_PAD = "<|vision_pad|>";
    static final String IMAGE_PAD = "<|image_pad|>";
    static final String VIDEO_PAD = "<|video_pad|>";

    static final List<String> ALL =
            List.of(
                    END_OF_TEXT,
                    "<|im_start|>",
                    END_OF_TURN,
                    "<|object_ref_start|>",
                    "<|object_ref_end|>",
                    "<|box_start|>",
                    "<|box_end|>",
                    "<|quad_start|>",
                    "<|quad_end|>",
                    VISION_START,
                    VISION_END,
                    VISION_PAD,
                    IMAGE_PAD,
                    VIDEO_PAD);

    private SpecialTokens() {}
}
