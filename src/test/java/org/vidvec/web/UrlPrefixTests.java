package org.vidvec.web;

import java.net.InetAddress;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** What a prefix allows, and which addresses are public. */
public class UrlPrefixTests extends ESTestCase {

    private static boolean allows(String prefix, String url) {
        return UrlPrefix.of(prefix).allows(WebAddress.parse(url));
    }

    public void testAllowsWhatLiesBelowIt() {
        assertTrue(allows("https://cdn.example/clips/", "https://cdn.example/clips/a.mp4"));
        assertTrue(allows("https://cdn.example/clips/", "HTTPS://CDN.example:443/clips/a?b=c"));
        assertTrue(allows("https://cdn.example/clips", "https://cdn.example/clips/a.mp4"));
        assertTrue(allows("https://cdn.example", "https://cdn.example/a.mp4"));
        assertTrue(allows("private+http://10.0.0.5:8080/", "http://10.0.0.5:8080/a.mp4"));
    }

    public void testAllowsNothingElse() {
        for (String url :
                List.of(
                        "http://cdn.example/clips/a.mp4",
                        "https://cdn.example:8443/clips/a.mp4",
                        "https://cdn.example.evil.example/clips/a.mp4",
                        "https://evil.example/clips/a.mp4",
                        "https://cdn.example/clips2/a.mp4",
                        "https://cdn.example/%63lips/a.mp4",
                        "https://cdn.example/")) {
            assertFalse(url, allows("https://cdn.example/clips", url));
        }
    }

    public void testUrlsThatServersReadInDifferentWays() {
        for (String url :
                List.of(
                        "https://cdn.example/clips/../secret",
                        "https://cdn.example/clips/%2e%2e/secret",
                        "https://cdn.example/clips/%2E./secret",
                        "https://cdn.example/clips/..%2fsecret",
                        "https://cdn.example/clips/..;a=b/secret",
                        "https://cdn.example/clips/..%5csecret",
                        "https://cdn.example/clips/%zz/secret",
                        "https://cdn.example/clips/a%00b",
                        "https://evil@cdn.example/clips/a.mp4",
                        "https://cdn.example/clips/a.mp4#b",
                        "https:///clips/a.mp4",
                        "https://under_score.example/a.mp4",
                        "ftp://cdn.example/clips/a.mp4",
                        "clips/a.mp4")) {
            expectThrows(IllegalArgumentException.class, () -> WebAddress.parse(url));
        }
    }

    public void testErrorsHoldNoSecrets() {
        for (String url :
                List.of(
                        "https://u:secret@cdn.example/a",
                        "https://u:secret@under_score/a",
                        "https://u:secret@cdn.example/a b",
                        "https://cdn.example/a b?sign=secret")) {
            Exception e = expectThrows(IllegalArgumentException.class, () -> WebAddress.parse(url));
            assertFalse(e.getMessage(), e.getMessage().contains("secret"));
        }
    }

    public void testSettingsThatAreRefused() {
        assertEquals(
                "[http://10.0.0.5/] in [vidvec.media.allowed_urls] is not at a public address; if"
                        + " that is meant, write [private+http://10.0.0.5/]",
                refuse("http://10.0.0.5/"));
        assertTrue(refuse("http://localhost:9000/").endsWith("[private+http://localhost:9000/]"));
        assertTrue(refuse("http://2130706433/").contains("is not at a public address"));
        assertTrue(refuse("http://[::1]/").contains("is not at a public address"));
        assertEquals(
                "[https://cdn.example/a?b=c] in [vidvec.media.allowed_urls] must not hold a [?]; a"
                        + " prefix ends with its path",
                refuse("https://cdn.example/a?b=c"));
        assertEquals(
                "in [vidvec.media.allowed_urls]: [file:///clips/] names no file on the web; it must"
                        + " be [https://<host>/<path>]",
                refuse("file:///clips/"));
    }

    private static String refuse(String prefix) {
        return expectThrows(IllegalArgumentException.class, () -> UrlPrefix.of(prefix))
                .getMessage();
    }

    /** RFC 6890, 6598, 6052, 4193, 9637 and neighbours of their borders. */
    public void testPublicAddresses() throws Exception {
        for (String address :
                List.of(
                        "8.8.8.8",
                        "9.255.255.255",
                        "11.0.0.0",
                        "100.63.255.255",
                        "100.128.0.0",
                        "172.15.255.255",
                        "172.32.0.0",
                        "223.255.255.255",
                        "2606:4700::1111",
                        "64:ff9b::8.8.8.8")) {
            assertTrue(address, PublicAddress.is(InetAddress.getByName(address)));
        }
        for (String address :
                List.of(
                        "0.0.0.0",
                        "10.255.255.255",
                        "100.64.0.0",
                        "127.0.0.1",
                        "169.254.169.254",
                        "172.16.0.0",
                        "172.31.255.255",
                        "192.168.1.1",
                        "198.19.255.255",
                        "224.0.0.1",
                        "255.255.255.255",
                        "::",
                        "::1",
                        "::ffff:10.0.0.1",
                        "::10.0.0.1",
                        "64:ff9b::10.0.0.1",
                        "2001:db8::1",
                        "2002:a00:1::",
                        "fc00::1",
                        "fd12:3456::1",
                        "fe80::1",
                        "ff02::1")) {
            assertFalse(address, PublicAddress.is(InetAddress.getByName(address)));
        }
    }
}
