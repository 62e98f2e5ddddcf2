package org.vidvec.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long each stage takes. */
final class Stopwatch {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Adds the time since the last call, or since the beginning, to {@code stage}. */
    void lap(String stage) {
        long now = System.nanoTime();
        add(stage, (now - last) / NANOS_PER_SECOND);
        last = now;
    }

    /** Adds a time that somebody else has measured. */
    void add(String stage, double seconds) {
        this.seconds.merge(stage, seconds, Double::sum);
    }

    /** Seconds by stage, in the order of their beginning, rounded to milliseconds. */
    Map<String, Double> seconds() {
        Map<String, Double> rounded = new LinkedHashMap<>();
        seconds.forEach((stage, s) -> rounded.put(stage, Math.round(s * 1000) / 1000.0));
        return rounded;
    }
}
