package org.vidvec.media;

import java.io.Closeable;
import java.io.IOException;

/**
 * Bytes of one media file with random access, wherever they lie (memory, a snapshot repository, a
 * file of the command line). Used by one thread at a time.
 */
public interface MediaSource extends Closeable {

    /** What a user would call it in an error message: a field name, a URI, a file name. */
    String name();

    /** Size in bytes. */
    long size();

    /**
     * Reads up to {@code length} bytes at {@code position}.
     *
     * @return the number of bytes read, at least 1, or -1 at the end
     * @throws IOException if the bytes can't be had
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    @Override
    default void close() throws IOException {}
}
