package org.vidvec.inference;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.vidvec.media.Clip;
import org.vidvec.media.MediaException;

/** Counts decoded files. */
final class DecodeMeter {

    private final Map<MediaException.Reason, Long> failed =
            new EnumMap<>(MediaException.Reason.class);
    private long files;
    private double seconds;
    private long frames;
    private long nanos;

    synchronized void decoded(Clip clip, long tookNanos) {
        files++;
        seconds += clip.info().durationSeconds();
        frames += clip.frames().size();
        nanos += tookNanos;
    }

    synchronized void failed(MediaException.Reason reason) {
        failed.merge(reason, 1L, Long::sum);
    }

    synchronized InferenceStats.Decode snapshot() {
        Map<String, Long> byReason = new TreeMap<>();
        failed.forEach((reason, n) -> byReason.put(reason.name().toLowerCase(Locale.ROOT), n));
        long sum = failed.values().stream().mapToLong(Long::longValue).sum();
        return new InferenceStats.Decode(
                files, seconds, frames, nanos / 1_000_000, sum, Map.copyOf(byReason));
    }
}
