package org.vidvec.model;

/** VidVec's zero-shot recipe on VideoLLaMA3. */
final class VidVecCard {

    // VidVec §4: these three are asked for; the words are ours
    private static final String TASK =
            "Recover the main subjects, their appearance and the setting, and the main activity. ";

    // after the chat template's last token comes <emb>, whose predecessor is read (§3.2)
    private static final Instructions INSTRUCTIONS = withTask(ModelCard.ONE_WORD.query());

    /**
     * Last token of layer 24 of 28 (§5.1) after a one-word prompt (§3.2), 2 frames per second, at
     * most 180 (§5.1); P(Yes) over Yes, yes, No, no (§3.3). The checkpoint bounds the pixels.
     */
    static final ModelCard CARD =
            new ModelCard(
                            24,
                            ModelCard.ONE_WORD.pooling(),
                            ModelCard.ONE_WORD.style(),
                            INSTRUCTIONS,
                            INSTRUCTIONS,
                            ModelCard.ONE_WORD.match(),
                            ModelCard.ONE_WORD.sampling(),
                            // max_tokens of the release, in blocks of a video
                            28 * 28 * 16384,
                            ModelCard.ONE_WORD.positionRule(),
                            null,
                            false,
                            "")
                    // K of the zero-shot recipe (§5.1)
                    .with(ModelUse.NONE.rerankWindow(100));

    private static Instructions withTask(Instructions plain) {
        return new Instructions(
                plain.text(),
                plain.image(),
                TASK + plain.video(),
                plain.textImage(),
                TASK + plain.textVideo());
    }

    private VidVecCard() {}
}
