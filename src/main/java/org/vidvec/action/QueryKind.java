package org.vidvec.action;

import org.vidvec.model.EmbedInput;

/** What a query searches for, as far as the model is told. */
public enum QueryKind {
    /** Whole documents. */
    ANY(EmbedInput.Role.QUERY),
    /** Parts of videos. */
    MOMENT(EmbedInput.Role.MOMENT);

    private final EmbedInput.Role role;

    QueryKind(EmbedInput.Role role) {
        this.role = role;
    }

    EmbedInput.Role role() {
        return role;
    }
}
