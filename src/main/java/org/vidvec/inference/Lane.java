package org.vidvec.inference;

import org.vidvec.model.EmbedInput;

/** Who waits for an answer; the first lane overtakes the second. */
enum Lane {
    /** A search: a person waits. */
    QUERY,
    /** Ingest: a bulk waits. */
    DOCUMENT;

    static Lane of(EmbedInput.Role role) {
        return role == EmbedInput.Role.DOCUMENT ? DOCUMENT : QUERY;
    }
}
