package org.vidvec.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.BytesSource;
import org.vidvec.media.MediaSource;

public class SourceDigestTests extends ESTestCase {

    /** FIPS 180-2, appendix B.1. */
    public void testSmallFile() throws Exception {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                SourceDigest.sha256(
                        new BytesSource("abc", "abc".getBytes(StandardCharsets.UTF_8))));
    }

    public void testLargeFileIsNotRead() throws Exception {
        assertNull(
                SourceDigest.sha256(
                        new MediaSource() {
                            @Override
                            public String name() {
                                return "large";
                            }

                            @Override
                            public long size() {
                                return (64L << 20) + 1;
                            }

                            @Override
                            public int read(long position, byte[] target, int offset, int length)
                                    throws IOException {
                                throw new IOException("it must not be read");
                            }
                        }));
    }
}
