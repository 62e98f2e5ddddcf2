package org.vidvec.web;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.junit.After;
import org.junit.Before;

/** Against a real server on the loopback address. */
@ESTestCase.WithoutEntitlements
public class WebReaderTests extends ESTestCase {

    private static final int MOST = 1 << 20;

    private static final LongConsumer UNCOUNTED = bytes -> {};

    private final byte[] file = new byte[200_000];
    private FileServer server;
    private WebReader reader;

    @Before
    public void startServer() throws IOException {
        new Random(1).nextBytes(file);
        server = new FileServer(file);
        reader = reader("private+" + server.url() + "/");
    }

    @After
    public void stopServer() {
        reader.close();
        server.close();
    }

    private static WebReader reader(String... prefixes) {
        return new WebReader(
                Stream.of(prefixes).map(UrlPrefix::of).toList(), Duration.ofSeconds(20));
    }

    private WebFile open(String path) throws IOException {
        return reader.open(WebAddress.parse(server.url() + path), MOST, UNCOUNTED);
    }

    private String refuse(String path) {
        return expectThrows(IllegalArgumentException.class, () -> open(path)).getMessage();
    }

    public void testReadsParts() throws IOException {
        WebFile web = open("/clips/a.mp4?signature=1");
        assertEquals(file.length, web.size());
        assertArrayEquals(Arrays.copyOf(file, 65536), web.begin());
        assertArrayEquals(Arrays.copyOfRange(file, 150_000, 150_010), web.read(150_000, 10));
        assertEquals(
                List.of(
                        "/clips/a.mp4?signature=1 bytes=0-65535",
                        "/clips/a.mp4?signature=1 bytes=150000-150009"),
                server.requests());
    }

    public void testAFileThatIsReplacedMeanwhile() throws IOException {
        WebFile web = open("/clips/a.mp4");
        server.replace();
        Exception e = expectThrows(IOException.class, () -> web.read(100, 10));
        assertEquals(
                "["
                        + server.url()
                        + "/clips/a.mp4] is not what it was, at byte [100] of [200000]; was it"
                        + " replaced while it was read? Try again",
                e.getMessage());
    }

    public void testAFileThatMayNotBeReadAnyMoreIsUnreadable() {
        WebAddress at = WebAddress.parse(server.url() + "/clips/a.mp4");
        reader.close();
        reader = reader();
        WebReply first = new WebReply(206, new byte[1], 0, 10, null, null);
        WebFile web = new WebFile(reader, at, first, 10, false);
        Exception e = expectThrows(IOException.class, () -> web.read(1, 1));
        assertTrue(e.getMessage(), e.getMessage().contains("] may not be read: "));
    }

    public void testAServerWithoutParts() throws IOException {
        WebFile web = open("/whole/a.mp4");
        assertTrue(web.isWhole());
        assertArrayEquals(file, web.begin());
        WebFile large =
                reader.open(WebAddress.parse(server.url() + "/whole/a.mp4"), 1000, UNCOUNTED);
        assertFalse(large.isWhole());
        assertFalse(large.hasRanges());
        assertEquals("as it was announced", file.length, large.size());
    }

    public void testAnAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
        WebFile web =
                reader.open(WebAddress.parse(server.url() + "/endless/a.mp4"), 100_000, UNCOUNTED);
        assertFalse(web.isWhole());
        assertEquals(100_001, web.size());
        assertBusy(() -> assertTrue(server.requests().contains("gone")));
    }

    public void testStopsReadingWhereThereIsNoRoom() throws Exception {
        AtomicLong taken = new AtomicLong();
        LongConsumer heap =
                bytes -> {
                    if (taken.addAndGet(bytes) > 50_000) {
                        throw new IllegalStateException("full");
                    }
                };
        WebAddress endless = WebAddress.parse(server.url() + "/endless/a.mp4");
        Exception e =
                expectThrows(IllegalStateException.class, () -> reader.open(endless, MOST, heap));
        assertEquals("full", e.getMessage());
        assertBusy(() -> assertTrue(server.requests().contains("gone")));
    }

    public void testRedirectsWithinWhatIsAllowed() throws IOException {
        server.redirectTo("/clips/b.mp4");
        assertEquals(file.length, open("/to/a.mp4").size());
        assertEquals(
                List.of("/to/a.mp4 bytes=0-65535", "/clips/b.mp4 bytes=0-65535"),
                server.requests());
        server.redirectTo("/to/a.mp4");
        Exception e = expectThrows(IOException.class, () -> open("/to/a.mp4"));
        assertEquals("it leads on more than [5] times", e.getMessage());
    }

    public void testRedirectsElsewhereAreNotFollowed() throws IOException {
        try (FileServer other = new FileServer(file)) {
            String notAllowed =
                    "it begins with none of the prefixes in [vidvec.media.allowed_urls] of the"
                            + " inference nodes; have one added there, or send the file as base64";
            String url = "[" + server.url() + "/to/a.mp4] leads to ";
            server.redirectTo(other.url() + "/clips/a.mp4");
            assertEquals(url + "a URL that may not be read: " + notAllowed, refuse("/to/a.mp4"));
            server.redirectTo("//127.0.0.1:" + other.port() + "/clips/a.mp4");
            assertEquals(url + "a URL that may not be read: " + notAllowed, refuse("/to/a.mp4"));
            server.redirectTo("file:///etc/passwd");
            assertEquals(
                    url + "what is no URL of a file; give the file's own", refuse("/to/a.mp4"));
            assertEquals(List.of(), other.requests());
        }
        reader.close();
        reader = reader("private+" + server.url() + "/to/");
        server.redirectTo("/clips/a.mp4");
        assertTrue(refuse("/to/a.mp4").contains("leads to a URL that may not be read"));
        assertFalse(server.requests().contains("/clips/a.mp4 bytes=0-65535"));
    }

    public void testAHostOfAPrivateAddressHasToBeMeant() {
        reader.close();
        // a name that is one in any hosts file, but may not be written without [private+]
        WebAddress start = WebAddress.parse("http://localhost:" + server.port() + "/");
        reader = new WebReader(List.of(new UrlPrefix(start, false)), Duration.ofSeconds(20));
        WebAddress url = WebAddress.parse(start + "clips/a.mp4");
        Exception e =
                expectThrows(
                        IllegalArgumentException.class, () -> reader.open(url, MOST, UNCOUNTED));
        assertEquals(
                "[http://localhost:"
                        + server.port()
                        + "/clips/a.mp4] may not be read: its host is not at a public address; if"
                        + " that is meant, its prefix in [vidvec.media.allowed_urls] must begin"
                        + " with [private+]",
                e.getMessage());
        assertEquals(List.of(), server.requests());
    }

    public void testNothingIsAllowedByDefault() {
        reader.close();
        reader = reader();
        assertEquals(
                "["
                        + server.url()
                        + "/clips/a.mp4] may not be read: it begins with none of the prefixes in"
                        + " [vidvec.media.allowed_urls] of the inference nodes; have one added"
                        + " there, or send the file as base64",
                refuse("/clips/a.mp4"));
        assertEquals(List.of(), server.requests());
    }

    public void testWhatServersRefuse() {
        String url = "[" + server.url() + "/status/";
        assertEquals(
                url
                        + "403] may not be read: its server answers with status [403]; give a URL"
                        + " that needs no login, such as a signed one",
                refuse("/status/403"));
        assertEquals(
                url
                        + "404] is not there: its server answers with status [404]; give the URL of a file",
                refuse("/status/404"));
        assertEquals(url + "416] is empty; give the URL of a file", refuse("/status/416"));
        Exception e = expectThrows(IOException.class, () -> open("/status/503"));
        assertEquals("its server answers with status [503]", e.getMessage());
    }

    public void testAServerThatDoesNotAnswer() throws IOException {
        // connections wait to be accepted for ever
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            try (WebReader hasty =
                    new WebReader(List.of(UrlPrefix.of("private+" + url)), Duration.ofMillis(50))) {
                Exception e =
                        expectThrows(
                                IOException.class,
                                () -> hasty.open(WebAddress.parse(url + "a.mp4"), MOST, UNCOUNTED));
                assertEquals(
                        "no answer within the limit of [0.05s] set by [vidvec.media.url_timeout]",
                        e.getMessage());
            }
        }
    }

    public void testAServerThatIsAway() throws IOException {
        server.close();
        Exception e = expectThrows(IOException.class, () -> open("/clips/a.mp4"));
        assertEquals("the connection to its server failed or broke off", e.getMessage());
        assertNull("which might tell addresses", e.getCause());
    }
}
