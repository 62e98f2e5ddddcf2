package org.vidvec.media;

/**
 * A media file that lies in memory.
 *
 * @param name what a user would call it in an error message
 * @param bytes the whole file; not copied
 */
public record BytesSource(String name, byte[] bytes) implements MediaSource {

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        if (position >= bytes.length) {
            return -1;
        }
        int n = (int) Math.min(length, bytes.length - position);
        System.arraycopy(bytes, (int) position, target, offset, n);
        return n;
    }
}
