package org.vidvec.media;

import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaFiles.Sampled;
import org.vidvec.media.MediaFiles.Video;

/** Frames, times and colours against the reference decode of the manifest. */
public class FfmpegBackendTests extends ESTestCase {

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());
    private final MediaBackend seeking = new FfmpegBackend(MediaFiles.natives(), 0, 16 << 20);
    private final MediaBackend large = FfmpegBackend.forLargeFiles(MediaFiles.natives());

    public void testUniformEqualsLinspace() throws Exception {
        for (Video video : videos()) {
            check(video, backend, new Sampling.Uniform(8), video.frames().linspace8());
        }
    }

    public void testOneFramePerSecond() throws Exception {
        for (Video video : videos()) {
            check(video, backend, new Sampling.Fps(1, 512), video.frames().oneFps());
        }
    }

    public void testSeekingGivesTheSameFrames() throws Exception {
        for (Video video : videos()) {
            check(video, seeking, new Sampling.Uniform(8), video.frames().linspace8());
        }
    }

    /** Read in ranges, from indexes and in several passes: the same frames. */
    public void testWaysForLargeFilesGiveTheSameFrames() throws Exception {
        for (Video video : videos()) {
            check(video, large, new Sampling.Uniform(8), video.frames().linspace8());
        }
    }

    private static List<Video> videos() {
        return MediaFiles.all().videos();
    }

    private static void check(
            Video video, MediaBackend backend, Sampling sampling, Sampled expected)
            throws Exception {
        Clip clip = backend.read(MediaFiles.source(video.file()), sampling, MediaLimits.DEFAULT);
        String name = video.file();
        assertEquals(name, expected.index().length, clip.frames().size());
        for (int i = 0; i < expected.index().length; i++) {
            Frame frame = clip.frames().get(i);
            assertEquals(name + " frame " + i, expected.index()[i], frame.index());
            assertEquals(name + " frame " + i, expected.time()[i], frame.timeSeconds(), 1e-5);
            // the manifest has HDR as it is stored: see ToneMapTests
            if (!name.contains("hdr10")) {
                assertArrayEquals(
                        name + " frame " + i, expected.meanRgb()[i], frame.meanRgb(), 1.5);
            }
        }
        checkInfo(video, clip.info());
    }

    private static void checkInfo(Video video, MediaInfo info) {
        String name = video.file();
        assertEquals(name, "video", info.kind());
        assertEquals(name, video.container(), info.container());
        // "webp (animated)" in the manifest
        assertEquals(name, video.codec().split(" ")[0], info.codec());
        assertEquals(name, video.width(), info.width());
        assertEquals(name, video.height(), info.height());
        double rate = (video.frameCount() - 1) / video.frames().lastTime();
        assertEquals(name, rate, info.framesPerSecond(), 1e-3);
        assertEquals(name, video.frames().lastTime() + 1 / rate, info.durationSeconds(), 1e-3);
    }
}
