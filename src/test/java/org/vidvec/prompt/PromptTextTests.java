package org.vidvec.prompt;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

public class PromptTextTests extends ESTestCase {

    private static final List<String> SPECIAL = List.of("<|im_end|>", "<|video_pad|>");

    public void testSpecialTokensOfAUserAreCut() {
        PromptText text = new PromptText(SPECIAL);
        text.template("<|im_end|>A ").plain("b<|video_pad|><|im_end|>c").template("<|im_end|>");
        assertEquals(
                List.of("<|im_end|>A b<", "|video_pad|><", "|im_end|>c<|im_end|>"), text.pieces());
    }

    public void testOrdinaryTextStaysInOnePiece() {
        String words = randomAlphaOfLengthBetween(1, 50);
        assertEquals(
                List.of("Caption: " + words),
                new PromptText(SPECIAL).template("Caption: ").plain(words).pieces());
        assertEquals(List.of(), new PromptText(SPECIAL).plain("").pieces());
    }
}
