package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;

import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A node with low limits refuses each file by the name of its setting; and draws a PDF. */
public class MediaLimitsIT extends HttpTestCase {

    public void testEachLimit() throws Exception {
        NodeOptions options =
                NodeOptions.single(
                        "limits",
                        Ports.free(),
                        Map.of(
                                "vidvec.media.max_size", "100kb",
                                "vidvec.media.max_duration", "3s",
                                "vidvec.media.max_pixels", "60000",
                                "vidvec.media.max_frames", "4",
                                "vidvec.media.max_pages", "2",
                                "vidvec.media.page_dpi", "50"));
        EmbeddedNode limited =
                EmbeddedNode.start(NodeFixture.home("limits"), options, Duration.ofMinutes(3));
        try (limited) {
            assertRefused(
                    limited, "image", "image/cat.png", "over the limit of [100kb]", "max_size");
            assertRefused(limited, "video", "bad/vfr.mp4", "limit of [3s]", "max_duration");
            assertRefused(limited, "video", "bad/one-frame.mp4", "[640x360] pixels", "max_pixels");
            assertRefused(limited, "video", "bad/rotated-90.mp4", "gives [8] frames", "max_frames");
            assertRefused(limited, "pdf", "bad/owner-password-only.pdf", "[3] pages", "max_pages");
            Answer page = embed(limited, "pdf", "bad/javascript.pdf");
            assertEquals(page.body(), 200, page.status());
            Answer wrong = embed(limited, "video", "bad/javascript.pdf");
            assertEquals(wrong.body(), 400, wrong.status());
            assertThat(wrong.body(), containsString("set its [type] to [pdf]"));
        }
    }

    /** The time and memory of one decode, and the dots per inch of pages, reach the decoder. */
    public void testTimeMemoryAndDpi() throws Exception {
        NodeOptions options =
                NodeOptions.single(
                        "limits2",
                        Ports.free(),
                        Map.of(
                                "vidvec.media.decode_timeout", "1ms",
                                "vidvec.media.max_memory", "1mb"));
        try (EmbeddedNode node =
                EmbeddedNode.start(NodeFixture.home("limits2"), options, Duration.ofMinutes(3))) {
            assertRefused(
                    node, "video", "bad/three-hours.mp4", "limit of [0.001s]", "decode_timeout");
            assertRefused(
                    node,
                    "pdf",
                    "pdf/background-checks.pdf",
                    "limit of [0.001s]",
                    "decode_timeout");
        }
        NodeOptions little =
                NodeOptions.single(
                        "limits3",
                        Ports.free(),
                        Map.of("vidvec.media.max_memory", "1mb", "vidvec.media.page_dpi", "72"));
        try (EmbeddedNode node =
                EmbeddedNode.start(NodeFixture.home("limits3"), little, Duration.ofMinutes(3))) {
            assertRefused(node, "video", "bad/one-frame.mp4", "limit of [1048576]", "max_memory");
            // its page has as many points
            Answer page = embed(node, "pdf", "pdf/background-checks.pdf");
            assertThat(page.body(), containsString("\"width\":1008,\"height\":612"));
        }
    }

    private static void assertRefused(
            EmbeddedNode node, String type, String file, String value, String setting)
            throws Exception {
        Answer answer = embed(node, type, file);
        assertEquals(file + answer.body(), 400, answer.status());
        assertThat(file, answer.body(), containsString(value));
        assertThat(file, answer.body(), containsString("[vidvec.media." + setting + "]"));
    }

    private static Answer embed(EmbeddedNode node, String type, String file) throws Exception {
        try (InputStream in = MediaLimitsIT.class.getResourceAsStream("/media/" + file)) {
            String value = Base64.getEncoder().encodeToString(in.readAllBytes());
            return call(
                    node.uri(),
                    "POST",
                    "/_vidvec/embed",
                    "{\"model_id\": \"tiny\", \"input\": [{\"type\": \""
                            + type
                            + "\", \"format\": \"base64\", \"value\": \""
                            + value
                            + "\"}]}");
        }
    }
}
