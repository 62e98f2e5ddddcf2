package org.vidvec.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a sample can teach (ViLL-E, appendix C: four flags each). */
public enum Flag {
    /** Its caption, and embeddings of both. */
    CAPTION,
    /** Answers to questions. */
    QA,
    /** Whether a text matches. */
    MATCH,
    /** Where an event is; videos only. */
    LOCALIZATION;

    /**
     * The flag of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Flag of(String name) {
        return Arrays.stream(values())
                .filter(flag -> flag.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown flag ["
                                                + name
                                                + "]; known are "
                                                + List.of(values())));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
