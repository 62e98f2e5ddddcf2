package org.vidvec.action;

import java.io.Closeable;
import java.io.IOException;
import org.vidvec.media.BytesSource;
import org.vidvec.media.MediaSource;

/**
 * A file of a repository or server without ranges, in the heap until it is closed.
 *
 * @param file all of it
 * @param held closed with it
 */
record WholeSource(BytesSource file, Closeable held) implements MediaSource {

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        return file.read(position, target, offset, length);
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
