package org.vidvec.samples;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.Span;

/**
 * Windows that slide over a video.
 *
 * @param seconds that one is long
 * @param stride seconds from the start of one to that of the next
 */
public record SlidingWindows(double seconds, double stride) {

    /** Those inside a video that overlap none of some stretches by {@code most} or more. */
    List<Span> apartFrom(List<Span> stretches, double length, double most) {
        List<Span> apart = new ArrayList<>();
        for (double at = 0; at + seconds <= length; at += stride) {
            Span window = new Span(at, at + seconds);
            if (stretches.stream().allMatch(span -> span.iou(window) < most)) {
                apart.add(window);
            }
        }
        return apart;
    }
}
