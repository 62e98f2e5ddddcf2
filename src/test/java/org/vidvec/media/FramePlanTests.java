package org.vidvec.media;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

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

    /** The table of Qwen3-VL's own sampler: by frames per second, or a number of frames. */
    public void testSpreadEqualsTransformers() throws Exception {
        for (JsonObject row : rows("qwen3_vl")) {
            Sampling sampling;
            if (row.has("fps")) {
                sampling = new Sampling.Spread(row.get("fps").getAsDouble(), 4, 768);
            } else {
                int frames = row.get("num_frames").getAsInt();
                sampling = new Sampling.Spread(1, frames, frames);
            }
            assertEqualsTransformers(row, sampling);
        }
    }

    /** The tables of the samplers of Qwen2-VL, two frames a patch, and VideoLLaMA3, one. */
    public void testStrideEqualsTransformers() throws Exception {
        for (int multiple : new int[] {2, 1}) {
            for (JsonObject row : rows(multiple == 2 ? "qwen2_vl" : "video_llama_3")) {
                int most = multiple == 2 ? 768 : 180;
                Sampling sampling =
                        row.has("fps")
                                ? new Sampling.Stride(
                                        row.get("fps").getAsDouble(), 4, most, multiple)
                                : Sampling.Stride.frames(
                                        row.get("num_frames").getAsInt(), multiple);
                assertEqualsTransformers(row, sampling);
            }
        }
    }

    private static List<JsonObject> rows(String family) throws Exception {
        JsonArray rows =
                Parity.json("preprocessing/frame_sampling.json")
                        .getAsJsonObject(family)
                        .getAsJsonArray("rows");
        assertEquals(40, rows.size());
        return rows.asList().stream().map(JsonElement::getAsJsonObject).toList();
    }

    private static void assertEqualsTransformers(JsonObject row, Sampling sampling)
            throws Exception {
        int total = row.get("total_num_frames").getAsInt();
        double fps = row.get("video_fps").getAsDouble();
        int[] expected =
                row.getAsJsonArray("indices").asList().stream()
                        .mapToInt(JsonElement::getAsInt)
                        .toArray();
        assertArrayEquals(row.toString(), expected, FramePlan.indices(sampling, total, fps));
        // of a file, each frame once
        assertArrayEquals(
                row.toString(),
                Arrays.stream(expected).distinct().toArray(),
                FramePlan.indices(sampling, regular(total, fps)));
    }

    public void testStrideOfFewFrames() {
        Sampling two = new Sampling.Stride(2, 4, 768, 2);
        assertArrayEquals(new int[] {0}, FramePlan.indices(two, 1, 25));
        assertArrayEquals(new int[] {0, 1}, FramePlan.indices(two, 3, 25));
        assertArrayEquals(new int[] {0, 1, 2, 3}, FramePlan.indices(two, 4, 25));
        assertEquals(
                "[multiple] must be from [1] to [max_frames], which is [6], not [7]",
                expectThrows(IllegalArgumentException.class, () -> new Sampling.Stride(2, 4, 6, 7))
                        .getMessage());
    }

    public void testSpreadBounds() {
        for (int[] bounds : new int[][] {{0, 4}, {5, 4}}) {
            IllegalArgumentException e =
                    expectThrows(
                            IllegalArgumentException.class,
                            () -> new Sampling.Spread(2, bounds[0], bounds[1]));
            assertEquals(
                    "[min_frames] and [max_frames] must be at least [1] and in order, not ["
                            + bounds[0]
                            + "] and [4]",
                    e.getMessage());
        }
        assertEquals(
                "[fps] must be a positive number, not [0.0]",
                expectThrows(IllegalArgumentException.class, () -> new Sampling.Spread(0, 1, 2))
                        .getMessage());
    }

    private static Timeline regular(int frames, double framesPerSecond) throws MediaException {
        FfmpegLibraries.load(MediaFiles.natives());
        try (AVRational timeBase = new AVRational()) {
            int den = (int) Math.round(framesPerSecond * 1000);
            Timeline timeline = new Timeline(timeBase.num(1000).den(den));
            for (int i = 0; i < frames; i++) {
                timeline.add(i);
            }
            return timeline;
        }
    }

    private static void assertIndices(Sampling sampling, Timeline timeline, int[] expected) {
        assertArrayEquals(expected, FramePlan.indices(sampling, timeline));
    }
}
