package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;

/** Each limit is refused with the value, the limit and the name of the setting. */
public class MediaLimitsTests extends ESTestCase {

    private static final MediaLimits ALL = MediaLimits.DEFAULT;

    private static final String WEBP = "image/spinning-squares.webp";

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    public void testSize() {
        assertRefused(
                new MediaLimits(1000, ALL.maxDuration(), ALL.maxPixels(), 512, ALL.timeout()),
                "[dog-fetch.mp4] has [438231] bytes, which is more than the limit of [1000] set by"
                        + " [vidvec.media.max_size]; send a smaller file or raise the setting");
    }

    public void testDuration() {
        assertRefused(
                new MediaLimits(
                        ALL.maxBytes(), Duration.ofSeconds(5), ALL.maxPixels(), 512, ALL.timeout()),
                "[dog-fetch.mp4] lasts at least [5s], which is more than the limit of [5s] set by"
                        + " [vidvec.media.max_duration]; shorten it or raise the setting");
    }

    public void testPixels() {
        assertRefused(
                new MediaLimits(ALL.maxBytes(), ALL.maxDuration(), 230_399, 512, ALL.timeout()),
                "[dog-fetch.mp4] has frames of [640x360] pixels, which is more than the limit of"
                        + " [230399] set by [vidvec.media.max_pixels]; scale it down or raise the"
                        + " setting");
    }

    public void testCodecs() throws Exception {
        MediaLimits some = ofCodecs("h264", "png");
        Sampling one = new Sampling.Uniform(1);
        assertNotNull(backend.read(MediaFiles.source("video/dog-fetch.mp4"), one, some));
        BytesSource h264 = MediaFiles.source("video/dog-fetch.mp4");
        MediaException video =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(h264, one, ofCodecs("vp9", "png")));
        assertEquals(
                "could not decode [dog-fetch.mp4]: unsupported codec [h264]: it is none of [vp9,"
                        + " png], the list in [vidvec.media.allowed_codecs]; convert it, or have"
                        + " the codec added to the list",
                video.getMessage());
        MediaException picture =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(MediaFiles.source("bad/jpeg-named.mp4"), one, some));
        assertEquals(Reason.UNSUPPORTED, picture.reason());
        assertTrue(
                picture.getMessage(), picture.getMessage().contains("unsupported codec [mjpeg]"));
        MediaException webp =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(MediaFiles.source(WEBP), one, some));
        assertTrue(webp.getMessage(), webp.getMessage().contains("unsupported codec [webp]"));
        assertNotNull(backend.read(MediaFiles.source(WEBP), one, ofCodecs("webp")));
    }

    private static MediaLimits ofCodecs(String... codecs) {
        return new MediaLimits(
                ALL.maxBytes(),
                ALL.maxDuration(),
                ALL.maxPixels(),
                512,
                ALL.timeout(),
                ALL.maxPages(),
                ALL.dpi(),
                ALL.maxMemory(),
                List.of(codecs));
    }

    /** A codec that FFmpeg knows by name, but has no decoder for. */
    public void testACodecWithoutADecoder() throws Exception {
        String file =
                new String(MediaFiles.bytes("bad/odd-33x17.mp4"), StandardCharsets.ISO_8859_1);
        byte[] evc = file.replace("avc1", "evc1").getBytes(StandardCharsets.ISO_8859_1);
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                backend.read(
                                        new BytesSource("clip.mp4", evc),
                                        new Sampling.Uniform(1),
                                        ALL));
        assertEquals(Reason.UNSUPPORTED, e.reason());
        assertEquals(
                "could not decode [clip.mp4]: unsupported codec [evc]; convert it, for example to"
                        + " H.264 in MP4",
                e.getMessage());
    }

    public void testFrames() {
        assertRefused(
                new MediaLimits(
                        ALL.maxBytes(), ALL.maxDuration(), ALL.maxPixels(), 7, ALL.timeout()),
                "[dog-fetch.mp4] gives [8] frames, which is more than the limit of [7] set by"
                        + " [vidvec.media.max_frames]; sample fewer or raise the setting");
    }

    public void testTimeout() {
        assertRefused(
                new MediaLimits(
                        ALL.maxBytes(), ALL.maxDuration(), ALL.maxPixels(), 512, Duration.ZERO),
                "decoding [dog-fetch.mp4] takes longer than the limit of [0.0s] set by"
                        + " [vidvec.media.decode_timeout]; shorten or simplify the video or raise"
                        + " the setting");
    }

    /** 480 frames of 640 x 266, each of which is decoded and looked at. */
    public void testTimeoutWithinADecode() throws Exception {
        BytesSource long20s = MediaFiles.source("demo/tears-of-steel.ts");
        Sampling shots = new Sampling.Shots(1, 100);
        MediaLimits limits =
                new MediaLimits(
                        ALL.maxBytes(),
                        ALL.maxDuration(),
                        ALL.maxPixels(),
                        512,
                        Duration.ofMillis(20));
        MediaException e =
                expectThrows(MediaException.class, () -> backend.read(long20s, shots, limits));
        assertEquals(Reason.OVER_LIMIT, e.reason());
        assertTrue(e.getMessage(), e.getMessage().contains("than the limit of [0.02s]"));
        assertEquals(6, backend.read(long20s, shots, ALL).frames().size());
    }

    /** Eight frames of 640 x 360 in RGB are 5.5 MB; the first takes 1.4 MB, its copy and source. */
    public void testMemoryOfVideosPicturesAndAnimations() throws Exception {
        assertNotNull(read("video/dog-fetch.mp4", 8 << 20));
        for (String file :
                new String[] {
                    "video/dog-fetch.mp4", "video/worker-zone.webp", "image/church-sky.jpg"
                }) {
            MediaException e = expectThrows(MediaException.class, () -> read(file, 700 << 10));
            assertEquals(Reason.OVER_LIMIT, e.reason());
            assertTrue(
                    e.getMessage(),
                    e.getMessage()
                            .matches(
                                    "decoding \\[[a-z.4-]+\\] takes \\[\\d+\\] bytes of memory, which is more"
                                            + " than the limit of \\[716800\\] set by"
                                            + " \\[vidvec.media.max_memory\\]; scale it down, sample"
                                            + " fewer frames or raise the setting"));
        }
        MediaException e =
                expectThrows(MediaException.class, () -> read("video/dog-fetch.mp4", 5 << 20));
        assertTrue(e.getMessage(), e.getMessage().contains("[5242880]"));
    }

    private Clip read(String file, long memory) throws Exception {
        MediaLimits limits =
                new MediaLimits(
                        ALL.maxBytes(),
                        ALL.maxDuration(),
                        ALL.maxPixels(),
                        ALL.maxFrames(),
                        ALL.timeout(),
                        ALL.maxPages(),
                        ALL.dpi(),
                        memory);
        return backend.read(MediaFiles.source(file), new Sampling.Uniform(8), limits);
    }

    public void testInterruptedThreadStops() {
        Thread.currentThread().interrupt();
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(clip(), new Sampling.Uniform(8), ALL));
        // clears the flag as well
        assertTrue(Thread.interrupted());
        assertEquals("decoding [dog-fetch.mp4] was cancelled", e.getMessage());
    }

    public void testFailingSourceIsUnreadable() {
        MediaSource failing =
                new MediaSource() {
                    @Override
                    public String name() {
                        return "repository://clips/a.mp4";
                    }

                    @Override
                    public long size() {
                        return 1 << 30;
                    }

                    @Override
                    public int read(long position, byte[] target, int offset, int length)
                            throws java.io.IOException {
                        if (position < 1000) {
                            return clip().read(position, target, offset, Math.min(length, 1000));
                        }
                        throw new java.io.IOException("connection reset");
                    }
                };
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(failing, new Sampling.Uniform(8), ALL));
        assertEquals(Reason.UNREADABLE, e.reason());
        assertEquals("could not read [repository://clips/a.mp4]: connection reset", e.getMessage());
    }

    private void assertRefused(MediaLimits limits, String message) {
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(clip(), new Sampling.Uniform(8), limits));
        assertEquals(Reason.OVER_LIMIT, e.reason());
        assertEquals(message, e.getMessage());
    }

    private static BytesSource clip() throws java.io.IOException {
        return MediaFiles.source("video/dog-fetch.mp4");
    }
}
