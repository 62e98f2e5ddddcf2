package org.vidvec.world;

/** How large a {@link Figure} is. */
public enum Size {
    SMALL,
    LARGE,
    /** It grows or shrinks, so that neither word fits. */
    CHANGING;

    /** Whether who sees this size might say {@code claim}. */
    boolean admits(Size claim) {
        return this == claim || this == CHANGING;
    }
}
