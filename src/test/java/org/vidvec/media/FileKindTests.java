package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;

/** What is not media is named by its first bytes. */
public class FileKindTests extends ESTestCase {

    public void testNames() {
        assertNamed("a ZIP archive or an office document", "PK\u0003\u0004\u0014\u0000");
        assertNamed("a GZIP archive", "\u001f\u008b\b\u0000");
        assertNamed("a program", "\u007fELF\u0002");
        assertNamed("audio, WAV", "RIFF\u0000\u0000\u0000\u0000WAVEfmt ");
        assertNamed("an HTML page", "\n<!DOCTYPE HTML><html>");
        assertNamed("an SVG drawing", "<?xml version=\"1.0\"?><svg xmlns=\"x\">");
        assertNamed("XML", "<?xml version=\"1.0\"?><a/>");
        assertNamed("JSON", "{\"a\": 1}");
        assertNamed("an HLS playlist, which names other files", "\u00ef\u00bb\u00bf#EXTM3U\n");
        assertNamed("text", "Once upon a time");
        assertNamed("text", "\u00c3\u00a9t\u00c3\u00a9 ".repeat(400));
    }

    public void testUnknownBytes() {
        assertEquals(
                "could not decode [x]: not a video or image (no known container begins like it)",
                refusal("\u0000\u0001\u0002\u0003".repeat(100)).getMessage());
    }

    public void testEmpty() {
        assertEquals("could not decode [x]: the file is empty", refusal("").getMessage());
    }

    private static void assertNamed(String words, String start) {
        assertEquals(
                "could not decode [x]: not a video or image (it looks like " + words + ")",
                refusal(start).getMessage());
    }

    /**
     * @param start one character per byte
     */
    private static MediaException refusal(String start) {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                new FfmpegBackend(MediaFiles.natives())
                                        .read(
                                                new BytesSource("x", bytes),
                                                new Sampling.Uniform(8),
                                                MediaLimits.DEFAULT));
        assertEquals(Reason.NOT_MEDIA, e.reason());
        return e;
    }
}
