package org.vidvec.action;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

public class MediaUriTests extends ESTestCase {

    public void testParse() {
        assertEquals(
                new RepositoryUri("clips", "a.mp4"), MediaUri.parse("repository://clips/a.mp4"));
        assertEquals(
                new RepositoryUri("clips", "2024/may/a b.mp4"),
                MediaUri.parse("repository://clips//2024/./may/a b.mp4"));
        MediaUri uri = new RepositoryUri("clips", "2024/a.mp4");
        assertEquals(uri, MediaUri.parse(uri.toString()));
    }

    public void testOtherSchemes() {
        for (String uri :
                List.of(
                        "ftp://host/a.mp4",
                        "file:///etc/passwd",
                        "/etc/passwd",
                        "s3://bucket/a.mp4",
                        "repository:clips/a.mp4")) {
            Exception e = expectThrows(IllegalArgumentException.class, () -> MediaUri.parse(uri));
            assertEquals(
                    "can't read media from ["
                            + uri
                            + "]; it must be base64, a data URL [data:video/mp4;base64,...],"
                            + " [repository://<repository>/<path>] or an allowed"
                            + " [https://<host>/<path>]",
                    e.getMessage());
        }
    }

    public void testTheWeb() {
        MediaUri uri = MediaUri.parse("https://host/a%20b.mp4?signature=secret");
        assertEquals(uri, MediaUri.parse(uri.toString()));
        assertEquals("https://host/a%20b.mp4?...", uri.name());
    }

    public void testNoFile() {
        for (String uri :
                List.of(
                        "repository://",
                        "repository://clips",
                        "repository://clips/",
                        "repository:///a.mp4",
                        "repository://clips/./")) {
            Exception e = expectThrows(IllegalArgumentException.class, () -> MediaUri.parse(uri));
            assertEquals(
                    "[" + uri + "] names no file; it must be [repository://<repository>/<path>]",
                    e.getMessage());
        }
    }

    public void testNoWayOut() {
        for (String path :
                List.of("../a.mp4", "a/../../b.mp4", "a/..", "a\\..\\b.mp4", "a\0b.mp4")) {
            String uri = "repository://clips/" + path;
            Exception e = expectThrows(IllegalArgumentException.class, () -> MediaUri.parse(uri));
            assertEquals(
                    "the path of ["
                            + uri
                            + "] must not hold [..] or a backslash; name the file by its plain"
                            + " path below the repository's base path",
                    e.getMessage());
        }
    }

    public void testWhatLooksLikeAUri() {
        assertTrue(MediaUri.looksLikeOne("http://host/a"));
        assertTrue(MediaUri.looksLikeOne("file:/etc/passwd"));
        assertTrue(MediaUri.looksLikeOne("repository://clips/a.mp4"));
        assertFalse(MediaUri.looksLikeOne("data:video/mp4;base64,AAAA"));
        assertFalse(MediaUri.looksLikeOne("AAAAGGZ0eXBpc29t"));
    }
}
