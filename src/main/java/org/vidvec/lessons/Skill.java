package org.vidvec.lessons;

import java.util.Locale;

/** What an answer's tokens are learnt for; each has a loss of its own. */
public enum Skill {
    /** A caption of what is shown. */
    CAPTION,
    /** The answer to a question, Yes and No among them. */
    ANSWER,
    /** Any word of the summary, where one word is asked for. */
    ONE_WORD,
    /** The true caption inside the question whether it matches. */
    TOLD;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
