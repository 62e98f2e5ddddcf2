package org.vidvec.model;

import java.nio.file.Path;
import java.util.Locale;

/** VidVec's recipes on VideoLLaMA3: zero-shot, and that of the model that it released. */
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

    /**
     * VidVec-O, which was trained to answer the same prompts in its final layer, whose best 10 are
     * judged (§5.1).
     */
    static final ModelCard ALIGNED =
            CARD.reading(0).with(ModelUse.NONE.rerankWindow(ModelUse.DEFAULT_WINDOW));

    /** The card of a VideoLLaMA3 folder: told by its README's title. */
    static ModelCard of(Path folder) {
        String title = Readme.of(folder).title().toLowerCase(Locale.ROOT);
        return title.contains("vidvec") ? ALIGNED : CARD;
    }

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
