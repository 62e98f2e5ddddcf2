package org.vidvec.media;

import java.io.IOException;

/** An MP4 with a box of nothing behind it, so that it is too large to be read at once. */
record TrailedSource(MediaSource file, int bytes) implements MediaSource {

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size() + bytes;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position < file.size()) {
            return file.read(position, target, offset, length);
        }
        int n = (int) Math.min(length, size() - position);
        byte[] free = {(byte) (bytes >>> 24), (byte) (bytes >>> 16), 0, 0, 'f', 'r', 'e', 'e'};
        for (int i = 0; i < n; i++) {
            long at = position - file.size() + i;
            target[offset + i] = at < free.length ? free[(int) at] : 0;
        }
        return n == 0 ? -1 : n;
    }
}
