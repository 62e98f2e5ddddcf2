package org.vidvec.world;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is true of a long video.
 *
 * @param seconds how long it is
 * @param events in their order; no caption of one is true of another
 */
public record Story(double seconds, List<Event> events) {

    public Story {
        events = List.copyOf(events);
    }

    /** All that is true of it, in one fixed form. */
    public String canonical() {
        return events.stream()
                .map(e -> e.start() + "-" + e.end() + " " + e.scene().canonical())
                .collect(Collectors.joining(" || "));
    }
}
