package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The words of a prompt on their way to the tokenizer. Special tokens work in what the plugin
 * writes and are plain text in what a user writes: there the text is cut inside them, so that the
 * tokenizer never sees one whole.
 */
public final class PromptText {

    private final Collection<String> specialTokens;
    private final List<String> pieces = new ArrayList<>();
    private StringBuilder open = new StringBuilder();

    /**
     * @param specialTokens texts that the tokenizer turns into one token wherever they stand
     */
    PromptText(Collection<String> specialTokens) {
        this.specialTokens = specialTokens;
    }

    /** Adds our own text, in which special tokens count. */
    public PromptText template(String text) {
        open.append(text);
        return this;
    }

    /** Adds somebody's text, in which they do not. */
    public PromptText plain(String text) {
        int from = 0;
        int cut;
        while ((cut = nextCut(text, from)) >= 0) {
            open.append(text, from, cut);
            pieces.add(open.toString());
            open = new StringBuilder();
            from = cut;
        }
        open.append(text, from, text.length());
        return this;
    }

    /** What to tokenize one by one; the ids are joined. */
    List<String> pieces() {
        List<String> all = new ArrayList<>(pieces);
        if (open.isEmpty() == false) {
            all.add(open.toString());
        }
        return all;
    }

    /** Where the first special token at or after {@code from} is to be cut; -1 if there is none. */
    private int nextCut(String text, int from) {
        int first = -1;
        for (String token : specialTokens) {
            int at = text.indexOf(token, from);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first < 0 ? -1 : first + 1;
    }
}
