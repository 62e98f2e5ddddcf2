package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;

/**
 * Prompts of inputs; texts that are too long are cut at their end where that is allowed, so that
 * instruction and pictures stay whole.
 */
final class TextCut {

    /** How long a prompt may be. */
    @FunctionalInterface
    interface Limit {
        /**
         * @throws ModelException of kind INPUT if a part can't be used
         */
        boolean fits(List<PromptPart> prompt, PromptStyle style) throws ModelException;
    }

    private final PromptComposer composer;
    private final Limit limit;
    private final PromptStyle style;

    TextCut(ModelCard card, SequenceReader reader) {
        this(card, reader::fits);
    }

    TextCut(ModelCard card, Limit limit) {
        this.composer = new PromptComposer(card);
        this.limit = limit;
        this.style = card.style();
    }

    /**
     * The prompt of each input.
     *
     * @throws ModelException of kind INPUT if a part can't be used
     */
    List<List<PromptPart>> prompts(List<EmbedInput> batch) throws ModelException {
        List<List<PromptPart>> prompts = new ArrayList<>(batch.size());
        for (EmbedInput input : batch) {
            prompts.add(prompt(input));
        }
        return prompts;
    }

    /**
     * The prompt of an input; as it is where not even its pictures fit.
     *
     * @throws ModelException of kind INPUT if a part can't be used
     */
    List<PromptPart> prompt(EmbedInput input) throws ModelException {
        List<PromptPart> whole = composer.embed(input);
        if (input.truncate() == false || limit.fits(whole, style)) {
            return whole;
        }
        int most = characters(input);
        int fits = 0;
        // doubled until it is too much, so that a giant text is not read whole again and again
        int over = 256;
        while (over < most && limit.fits(composer.embed(cut(input, over)), style)) {
            fits = over;
            over *= 2;
        }
        over = Math.min(over, most);
        while (over - fits > 1) {
            int middle = (fits + over) >>> 1;
            if (limit.fits(composer.embed(cut(input, middle)), style)) {
                fits = middle;
            } else {
                over = middle;
            }
        }
        return fits == 0 ? whole : composer.embed(cut(input, fits));
    }

    private static int characters(EmbedInput input) {
        int all = 0;
        for (Content part : input.parts()) {
            if (part instanceof Content.Text text) {
                all += text.value().length();
            }
        }
        return all;
    }

    /** The first characters of all texts together; a text of which nothing is left is left out. */
    private static EmbedInput cut(EmbedInput input, int characters) {
        List<Content> parts = new ArrayList<>();
        int left = characters;
        for (Content part : input.parts()) {
            if (part instanceof Content.Text text) {
                String kept = start(text.value(), left);
                left -= kept.length();
                if (kept.isEmpty() == false) {
                    parts.add(new Content.Text(kept));
                }
            } else {
                parts.add(part);
            }
        }
        return parts.isEmpty()
                ? input
                : new EmbedInput(parts, input.role(), input.instruction(), input.truncate());
    }

    private static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        // not in the middle of a character of two
        boolean pair = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, pair ? length - 1 : length);
    }
}
