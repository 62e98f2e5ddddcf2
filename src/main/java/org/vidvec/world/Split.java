package org.vidvec.world;

import java.util.Locale;

/** Which descriptions may be learned from and which are kept apart; made by their hash. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    private static final int PERCENT = 100;
    private static final int TRAINED = 90;
    private static final int VALIDATED = 95;

    /**
     * @param content of a {@link Scene} or a {@link Page}
     */
    public static Split of(String content) {
        long percent = Long.remainderUnsigned(Dice.hash(content), PERCENT);
        return percent < TRAINED ? TRAIN : percent < VALIDATED ? VALIDATION : TEST;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
