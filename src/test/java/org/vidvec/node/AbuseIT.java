package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.After;

/** Requests that are far too much: each is refused with a reason, and the node goes on. */
public class AbuseIT extends HttpTestCase {

    private static final int MB = 1 << 20;

    /** The node still embeds. */
    @After
    public void requireTheNodeToGoOn() throws IOException {
        Answer answer =
                call("POST", "/_vidvec/embed", "{\"model_id\": \"tiny\", \"input\": \"a\"}");
        assertEquals(answer.body(), 200, answer.status());
    }

    private static String embed(String input) {
        return "{\"model_id\": \"tiny\", \"input\": " + input + "}";
    }

    public void testALargeFileThatIsNone() throws IOException {
        String file = "A".repeat(20 * MB);
        Answer answer =
                call(
                        "POST",
                        "/_vidvec/embed",
                        embed("{\"type\": \"video\", \"value\": \"" + file + "\"}"));
        // where the heap is too small for it, it is told to come again
        assertTrue(answer.status() + "", answer.status() == 400 || answer.status() == 429);
        assertTrue("its own bytes are not sent back", answer.body().length() < 10_000);
    }

    /** Its head is enough: who sends the body as well may find the connection closed. */
    public void testABodyAboveTheHostsLimit() throws IOException {
        String head =
                "POST /_vidvec/embed HTTP/1.1\r\nHost: vidvec\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + 101 * MB
                        + "\r\n\r\n";
        try (Socket socket = new Socket(node().getHost(), node().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertEquals("HTTP/1.1 413", new String(status, StandardCharsets.US_ASCII));
        }
    }

    public void testATextOfAMillionWords() throws IOException {
        String text = "\"" + "frog ".repeat(1_000_000) + "\"";
        Answer refused = call("POST", "/_vidvec/embed", embed(text));
        assertEquals(400, refused.status());
        assertThat(refused.body(), containsString("tokens, over the limit of ["));
        String cut = embed(text + ", \"truncate\": \"end\", \"timeout\": \"2m\"");
        assertEquals(200, call("POST", "/_vidvec/embed", cut).status());
    }

    public void testThousandsOfItemsAreTooLongForOneVector() throws IOException {
        String items = String.join(", ", Collections.nCopies(50_000, "\"a frog jumps\""));
        Answer answer = call("POST", "/_vidvec/embed", embed("[" + items + "]"));
        assertEquals(400, answer.status());
        assertThat(answer.body(), containsString("tokens, over the limit of ["));
    }

    public void testAnObjectWithoutEnd() throws IOException {
        String deep = "{\"type\": ".repeat(100_000);
        assertEquals(400, call("POST", "/_vidvec/embed", embed(deep)).status());
        String retriever =
                "{\"vidvec_rerank\": {\"model_id\": \"tiny\", \"query\": \"a\", \"retriever\": ";
        String nested =
                retriever.repeat(500)
                        + "{\"standard\": {\"query\": {\"match_all\": {}}}}"
                        + "}}".repeat(500);
        Answer answer = call("POST", "/_search", "{\"retriever\": " + nested + "}");
        assertEquals(400, answer.status());
        assertThat(answer.body(), containsString("nested depth"));
    }
}
