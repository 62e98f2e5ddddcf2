package org.vidvec.search;

import java.util.Collection;
import org.elasticsearch.core.TimeValue;
import org.vidvec.action.RoutedRequest;

/** Checks of options that both builders share. */
final class Requirements {

    private Requirements() {}

    /**
     * Returns {@code value} if it is there.
     *
     * @param what what it may be, for the error
     * @throws IllegalArgumentException if it is null or empty
     */
    static <T> T require(String option, String what, T value) {
        boolean missing =
                value == null
                        || (value instanceof String text && text.isEmpty())
                        || (value instanceof Collection<?> items && items.isEmpty());
        if (missing) {
            throw new IllegalArgumentException("[vidvec] requires [" + option + "]: " + what);
        }
        return value;
    }

    /**
     * Returns {@code time} if it is more than nothing, and not more than can be waited for.
     *
     * @throws IllegalArgumentException if it is not
     */
    static TimeValue positive(String option, TimeValue time) {
        if (time.millis() <= 0) {
            throw new IllegalArgumentException(
                    "["
                            + option
                            + "] must be longer than [0ms], not ["
                            + time.getStringRep()
                            + "]; leave it out for the default");
        }
        if (time.compareTo(RoutedRequest.MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "["
                            + option
                            + "] must be at most ["
                            + RoutedRequest.MAX_TIMEOUT
                            + "], not ["
                            + time.getStringRep()
                            + "]");
        }
        return time;
    }
}
