package org.vidvec.fuzz;

import java.util.List;
import java.util.SplittableRandom;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.media.MediaSource;
import org.vidvec.media.Sampling;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;
import org.vidvec.natives.NativeLibraries;

/**
 * One of the calls that a node makes of the media package, by the number of the input: every kind
 * of sampling and of windows, in the ways for small files and in those for large ones.
 */
final class MediaCall {

    // short, as the inputs are
    private static final List<Sampling> SAMPLINGS =
            List.of(
                    new Sampling.Uniform(8),
                    new Sampling.Uniform(3),
                    new Sampling.Fps(8, 16),
                    new Sampling.Spread(4, 2, 16),
                    new Sampling.Stride(4, 2, 16, 2),
                    new Sampling.Timestamps(List.of(0.0, 0.2, 5.0, 1e6)),
                    new Sampling.Shots(2, 8));

    private static final List<Windows> WINDOWS =
            List.of(
                    new Windows.Sliding(0.2, 0.1),
                    new Windows.Sliding(10, 5),
                    Windows.fixed(1),
                    new Windows.Shots(0.1, 2));

    private static final int MOST_WINDOWS = 200;

    private final MediaBackend usual;
    private final MediaBackend large;

    /** Loads nothing yet. */
    MediaCall(NativeLibraries natives) {
        this.usual = new MediaReader(natives);
        this.large = MediaReader.forLargeFiles(natives);
    }

    /**
     * @param random of this input alone
     * @throws MediaException as the node would get it
     */
    void make(MediaSource source, SplittableRandom random, MediaLimits limits)
            throws MediaException {
        MediaBackend backend = random.nextBoolean() ? usual : large;
        Sampling sampling = pick(SAMPLINGS, random);
        if (random.nextInt(3) > 0) {
            backend.read(source, sampling, limits);
        } else {
            WindowRequest request =
                    new WindowRequest(pick(WINDOWS, random), sampling, MOST_WINDOWS);
            backend.windows(source, request, limits, window -> {});
        }
    }

    private static <T> T pick(List<T> items, SplittableRandom random) {
        return items.get(random.nextInt(items.size()));
    }
}
