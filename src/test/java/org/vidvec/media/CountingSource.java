package org.vidvec.media;

import java.io.IOException;

/** Counts what is read from another source, as a repository would be billed. */
final class CountingSource implements MediaSource {

    private final MediaSource source;
    long bytes;
    int reads;

    CountingSource(MediaSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        int n = source.read(position, target, offset, length);
        bytes += Math.max(0, n);
        reads++;
        return n;
    }
}
