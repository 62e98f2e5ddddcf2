package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.samples.EmbedPair;
import org.vidvec.samples.FlaggedSample;
import org.vidvec.samples.MomentSample;

/**
 * Makes samples what the network reads of them, which is all that is kept of a sample: frames at
 * the size at which they are cut into patches, whatever size they were decoded at. What can't be
 * read is refused here, before it is in a batch. Thread-safe.
 */
final class SamplePrompts {

    /**
     * Of an input that is embedded.
     *
     * @param shown whether it is something shown without a text, which a head embeds by what the
     *     model writes about it
     */
    record Input(PreparedSequence sequence, boolean shown) {}

    /** Of a pair that is embedded. */
    record Pair(Input query, Input target, List<Input> negatives) {}

    /**
     * Of something shown and its caption.
     *
     * @param told the caption behind what is shown
     * @param alone the caption by itself
     */
    record Captioned(Told told, Input alone) {}

    /** Of an event in a video, the window that it happens in, and others. */
    record Moment(Input query, Input window, List<Input> others) {}

    /** Of a text that is true or false of something shown. */
    record Claimed(PreparedSequence prompt, boolean matches) {}

    /** Of a sample of several tasks; null for those that it does not have. */
    record Flagged(Captioned caption, Told asked, Claimed claimed, Moment moment) {}

    private final TrainableModel model;
    private final int most;

    /**
     * @param most tokens that a sample may take; texts are cut to it. 0 for what the model reads,
     *     and no cut
     */
    SamplePrompts(TrainableModel model, int most) {
        this.model = model;
        this.most = most;
    }

    /**
     * Two inputs and what is near the second.
     *
     * @throws ModelException of kind INPUT if one can't be read
     */
    Pair pair(EmbedPair pair) throws ModelException {
        return new Pair(prompt(pair.query()), prompt(pair.target()), prompts(pair.negatives()));
    }

    /**
     * A text and something shown, whichever of the two searches.
     *
     * @throws ModelException of kind INPUT if they can't be read together
     * @throws IllegalArgumentException if they are two of a kind
     */
    Captioned captioned(EmbedPair pair) throws ModelException {
        boolean fromText = isText(pair.query());
        EmbedInput text = fromText ? pair.query() : pair.target();
        EmbedInput shown = fromText ? pair.target() : pair.query();
        if (isText(text) == false || isText(shown)) {
            throw new IllegalArgumentException(
                    "the loss [vill_e] learns from a text and something that is shown, not from two"
                            + " of a kind; give such sources in [data]");
        }
        return captioned(text, text.instruction(), shown, shown.instruction());
    }

    private Captioned captioned(
            EmbedInput text, String queryInstruction, EmbedInput shown, String targetInstruction)
            throws ModelException {
        Content.Text words = (Content.Text) text.parts().get(0);
        EmbedInput found =
                new EmbedInput(shown.parts(), EmbedInput.Role.DOCUMENT, targetInstruction);
        EmbedInput alone = new EmbedInput(text.parts(), EmbedInput.Role.QUERY, queryInstruction);
        return new Captioned(told(model.prepare(found), words.value()), prompt(alone));
    }

    /**
     * An event: sparse frames of the whole video before its text (ViLL-E, appendix K, figure 10),
     * and windows.
     *
     * @param queryInstruction null for the card's
     * @param targetInstruction null for the card's
     * @throws ModelException of kind INPUT if one can't be read
     */
    Moment moment(MomentSample moment, String queryInstruction, String targetInstruction)
            throws ModelException {
        List<Content> query = new ArrayList<>(moment.video());
        query.add(new Content.Text(moment.text()));
        List<EmbedInput> others = new ArrayList<>();
        for (List<Content> other : moment.negatives()) {
            others.add(new EmbedInput(other, EmbedInput.Role.DOCUMENT, targetInstruction));
        }
        return new Moment(
                prompt(new EmbedInput(query, EmbedInput.Role.QUERY, queryInstruction)),
                prompt(
                        new EmbedInput(
                                moment.positive(), EmbedInput.Role.DOCUMENT, targetInstruction)),
                prompts(others));
    }

    /**
     * All that a sample teaches.
     *
     * @param query instruction of texts that search; null for the card's
     * @param target instruction of what is shown; null for the card's
     * @throws ModelException of kind INPUT if one part of it can't be read
     */
    Flagged flagged(FlaggedSample sample, String query, String target) throws ModelException {
        EmbedPair caption = sample.caption();
        return new Flagged(
                caption == null
                        ? null
                        : captioned(caption.query(), query, caption.target(), target),
                sample.asked() == null ? null : asked(sample.asked()),
                sample.claimed() == null ? null : claimed(sample.claimed()),
                sample.moment() == null ? null : moment(sample.moment(), query, target));
    }

    private Told asked(FlaggedSample.Asked asked) throws ModelException {
        List<Content> parts = new ArrayList<>(asked.shown());
        parts.add(new Content.Text(asked.question()));
        return told(model.prepareChat(parts), asked.answer());
    }

    private Claimed claimed(FlaggedSample.Claimed claimed) throws ModelException {
        List<Content> text = List.of(new Content.Text(claimed.text()));
        return new Claimed(model.prepareMatch(text, claimed.shown(), most), claimed.matches());
    }

    private Told told(PreparedSequence prompt, String words) throws ModelException {
        try {
            return Told.of(prompt, model.tokens(words), most, model.maxTokens());
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    private List<Input> prompts(List<EmbedInput> inputs) throws ModelException {
        List<Input> prompts = new ArrayList<>();
        for (EmbedInput input : inputs) {
            prompts.add(prompt(input));
        }
        return prompts;
    }

    private Input prompt(EmbedInput input) throws ModelException {
        boolean shown = input.parts().stream().noneMatch(p -> p instanceof Content.Text);
        return new Input(model.prepare(input, most), shown);
    }

    private static boolean isText(EmbedInput input) {
        return input.parts().get(0) instanceof Content.Text;
    }
}
