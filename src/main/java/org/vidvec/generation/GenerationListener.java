package org.vidvec.generation;

/** Hears of texts while they are written, on the thread that writes them. */
public interface GenerationListener {

    /** Waits for the end. */
    GenerationListener NONE = (sequence, piece) -> {};

    /**
     * More of a text: whole characters, in their order. The pieces of a text together are the text.
     *
     * @param sequence which of the prompts is answered, from 0
     * @param piece never empty
     */
    void onText(int sequence, String piece);

    /** Asked between two tokens: true ends this text where it is. */
    default boolean isCancelled(int sequence) {
        return false;
    }
}
