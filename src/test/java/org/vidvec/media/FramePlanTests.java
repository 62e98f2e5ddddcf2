package org.vidvec.media;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.elasticsearch.test.ESTestCase;

public class FramePlanTests extends ESTestCase {

    /** Frames that are shown at these milliseconds. */
    private static Timeline timeline(long... milliseconds) throws MediaException {
        FfmpegLibraries.load(MediaFiles.natives());
        try (AVRational timeBase = new AVRational()) {
            Timeline timeline = new Timeline(timeBase.num(1).den(1000));
            Arrays.stream(milliseconds).forEach(timeline::add);
            return timeline;
        }
    }

    private static Timeline regular(int frames, int milliseconds) throws MediaException {
        long[] times = new long[frames];
        Arrays.setAll(times, i -> (long) i * milliseconds);
        return timeline(times);
    }

    /** Expected values from numpy.linspace(0, n - 1, k).astype(int). */
    public void testUniformIsNumpysLinspace() throws Exception {
        assertIndices(
                new Sampling.Uniform(8),
                regular(289, 33),
                new int[] {0, 41, 82, 123, 164, 205, 246, 288});
        assertIndices(new Sampling.Uniform(3), regular(10, 33), new int[] {0, 4, 9});
        assertIndices(new Sampling.Uniform(1), regular(10, 33), new int[] {0});
    }

    public void testShortVideoGivesEachFrameOnce() throws Exception {
        assertIndices(new Sampling.Uniform(8), regular(3, 33), new int[] {0, 1, 2});
        assertIndices(new Sampling.Uniform(8), regular(1, 33), new int[] {0});
        assertIndices(new Sampling.Uniform(8), regular(0, 33), new int[0]);
    }

    public void testPerSecondTakesTheLastFrameAtOrBefore() throws Exception {
        assertIndices(
                new Sampling.Fps(2, 100),
                timeline(5000, 5100, 5499, 5500, 5900, 6100),
                new int[] {0, 3, 4});
    }

    public void testSlowVideoGivesEachFrameOnce() throws Exception {
        assertIndices(new Sampling.Fps(2, 100), timeline(0, 2000, 4000), new int[] {0, 1, 2});
    }

    public void testTooManyAreThinnedEvenly() throws Exception {
        assertIndices(new Sampling.Fps(10, 5), regular(101, 100), new int[] {0, 25, 50, 75, 100});
    }

    private static void assertIndices(Sampling sampling, Timeline timeline, int[] expected) {
        assertArrayEquals(expected, FramePlan.indices(sampling, timeline));
    }
}
