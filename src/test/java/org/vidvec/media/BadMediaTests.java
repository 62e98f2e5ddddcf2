package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.media.MediaFiles.Bad;

/** Damaged, hostile and unusual files: each works or is refused by name, again and again. */
public class BadMediaTests extends ESTestCase {

    private static final String SEND = "; send the complete file";

    /** What the user reads, after {@code could not decode [file]: }. */
    private static final Map<String, String> MESSAGES =
            Map.ofEntries(
                    Map.entry("empty.mp4", "the file is empty"),
                    Map.entry("text.mp4", looksLike("text")),
                    Map.entry("text.png", looksLike("text")),
                    Map.entry("cover-art.mp3", looksLike("audio, MP3")),
                    Map.entry("external.svg", looksLike("an SVG drawing")),
                    Map.entry("xxe.svg", looksLike("an SVG drawing")),
                    Map.entry("lfi.m3u8", looksLike("an HLS playlist, which names other files")),
                    Map.entry(
                            "hls-named.mp4", looksLike("an HLS playlist, which names other files")),
                    Map.entry(
                            "lfi.ffconcat", looksLike("an ffconcat list, which names other files")),
                    Map.entry(
                            "lfi-safe.ffconcat",
                            looksLike("an ffconcat list, which names other files")),
                    Map.entry("lfi.mpd", looksLike("a DASH manifest, which names other files")),
                    Map.entry(
                            "ssrf.sdp",
                            looksLike("an SDP description, which names network addresses")),
                    Map.entry("no-pages.pdf", "the PDF has no pages" + SEND),
                    Map.entry("page-tree-loop.pdf", "the PDF is truncated or damaged" + SEND),
                    Map.entry(
                            "password.pdf",
                            "the PDF is encrypted with a password; send it decrypted"),
                    Map.entry(
                            "no-moov.mp4",
                            "it starts as an MP4 and is truncated or damaged" + SEND),
                    Map.entry("init-segment-only.mp4", "no frame of it could be decoded" + SEND),
                    Map.entry("truncated.jpg", "the picture is truncated or damaged" + SEND),
                    Map.entry("encrypted-clearkey.mp4", "it is encrypted; send it decrypted"),
                    Map.entry(
                            "audio-only.mp4", "it holds no video stream; send a video or an image"),
                    Map.entry("gab2.avi", "it holds no video stream; send a video or an image"));

    private static String looksLike(String what) {
        return "not a video or image (it looks like " + what + ")";
    }

    private final MediaBackend backend = new MediaReader(MediaFiles.natives());

    public void testEachThreeTimes() throws Exception {
        String canary = new String(MediaFiles.bytes("bad/canary.txt"), StandardCharsets.UTF_8);
        for (int round = 0; round < 3; round++) {
            for (Bad bad : MediaFiles.all().bad()) {
                check(bad, canary.strip());
            }
        }
    }

    private void check(Bad bad, String canary) throws Exception {
        String why = bad.file() + ": " + bad.why();
        try {
            Clip clip =
                    backend.read(
                            MediaFiles.source("bad/" + bad.file()),
                            new Sampling.Uniform(8),
                            MediaLimits.DEFAULT);
            assertNotEquals(why, "error", bad.expect());
            assertTrue(why, clip.frames().size() <= 8);
        } catch (MediaException e) {
            assertNotEquals(why + e, "works", bad.expect());
            assertNotEquals(why, Reason.DECODER, e.reason());
            assertTrue(e.getMessage(), e.getMessage().contains("[" + bad.file() + "]"));
            assertFalse(why, e.getMessage().contains(canary));
            String message = MESSAGES.get(bad.file());
            if (message != null) {
                assertEquals("could not decode [" + bad.file() + "]: " + message, e.getMessage());
            }
        }
    }

    public void testPictureBombsAreRefusedByTheirHeader() {
        for (String size :
                new String[] {
                    "bomb-30000.png 30000x30000",
                    "header-65500.jpg 65500x65500",
                    "canvas-65535.gif 65535x65535"
                }) {
            String[] nameAndPixels = size.split(" ");
            MediaException e = refusal("bad/" + nameAndPixels[0]);
            assertEquals(Reason.OVER_LIMIT, e.reason());
            assertEquals(
                    String.format(
                            Locale.ROOT,
                            "[%s] has frames of [%s] pixels, which is more than the limit of"
                                    + " [9437184] set by [vidvec.media.max_pixels]; scale it down or"
                                    + " raise the setting",
                            nameAndPixels[0],
                            nameAndPixels[1]),
                    e.getMessage());
        }
    }

    public void testUprightSizes() throws Exception {
        assertEquals("180x320", size("bad/rotated-90.mp4"));
        assertEquals("320x568", size("bad/rotated-270-real.mov"));
        assertEquals("33x17", size("bad/odd-33x17.mp4"));
    }

    private String size(String file) throws Exception {
        Clip clip =
                backend.read(MediaFiles.source(file), new Sampling.Uniform(1), MediaLimits.DEFAULT);
        Frame frame = clip.frames().get(0);
        assertEquals(frame.width(), clip.info().width());
        assertEquals(frame.height(), clip.info().height());
        return frame.width() + "x" + frame.height();
    }

    private MediaException refusal(String file) {
        return expectThrows(
                MediaException.class,
                () ->
                        backend.read(
                                MediaFiles.source(file),
                                new Sampling.Uniform(8),
                                MediaLimits.DEFAULT));
    }
}
