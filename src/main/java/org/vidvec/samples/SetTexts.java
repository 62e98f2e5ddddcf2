package org.vidvec.samples;

import java.util.List;
import org.vidvec.datasets.BadLines;
import org.vidvec.datasets.DatasetException;

/**
 * Looks at the texts of a set before a run begins: those that can't be used end it or are noted.
 */
final class SetTexts {

    /** Characters of a text that messages show. */
    private static final int SHOWN = 60;

    private final SetFiles files;
    private final PairData.TextCheck check;
    private final List<String> notes;

    /**
     * @param notes gets what is left out
     */
    SetTexts(SetFiles files, PairData.TextCheck check, List<String> notes) {
        this.files = files;
        this.check = check;
        this.notes = notes;
    }

    /**
     * Whether a text can be used.
     *
     * @param query whether it searches
     * @throws DatasetException if not, and the set's policy is not to leave it out
     */
    boolean isUsable(String text, boolean query) throws DatasetException {
        String fault = check.fault(text, query);
        if (fault.isEmpty()) {
            return true;
        }
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        String message = "text [" + start + "] of set [" + files.name() + "]: " + fault;
        if (files.order().bad() == BadLines.Policy.FAIL) {
            throw new DatasetException(
                    message
                            + "; cut such texts with [batch.max_tokens], or leave them out with"
                            + " [data.bad_lines] [skip]");
        }
        notes.add("left out: " + message);
        return false;
    }
}
