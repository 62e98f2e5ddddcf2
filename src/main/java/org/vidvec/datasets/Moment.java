package org.vidvec.datasets;

import java.util.List;

/**
 * A text and when it is true in a video.
 *
 * @param id unique among the moments of its set
 * @param medium id of the video
 * @param spans at least one
 * @param seconds how long the video is, as the set says; NaN if it does not
 */
public record Moment(String id, String medium, String text, List<Span> spans, double seconds) {

    public Moment {
        spans = List.copyOf(spans);
    }
}
