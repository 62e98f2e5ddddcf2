package org.vidvec.action;

import java.io.Closeable;
import java.io.IOException;
import org.vidvec.media.MediaSource;

/**
 * A media file that is read in ranges. One range is held, so that a decoder's many small reads
 * become few requests: a short one after each jump, longer and longer ones while reading goes on.
 */
final class RangeSource implements MediaSource {

    /** Bytes of the first range after a jump: a picture or a part of an index. */
    static final int FIRST_RANGE = 64 << 10;

    /** Most bytes of one range: what an object store sends in about the time of a request. */
    static final int RANGE = 4 << 20;

    private final String name;
    private final long size;
    private final Ranges file;

    private byte[] range;
    private long rangeStart;

    /** Where the bytes come from. */
    interface Ranges extends Closeable {

        /**
         * Reads a range that lies in the file.
         *
         * @return as many bytes as were asked for
         * @throws IOException if they can't be had
         */
        byte[] read(long position, int length) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    /**
     * @param name what errors call it
     * @param size in bytes
     * @param begin its first bytes, as far as they are known
     * @param file closed with this
     */
    RangeSource(String name, long size, byte[] begin, Ranges file) {
        this.name = name;
        this.size = size;
        this.range = begin;
        this.file = file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position >= size) {
            return -1;
        }
        if (position < rangeStart || position >= rangeStart + range.length) {
            boolean goesOn = position == rangeStart + range.length && range.length > 0;
            int usual = goesOn ? Math.min(RANGE, 2 * range.length) : FIRST_RANGE;
            long most = Math.min(RANGE, Math.max(length, usual));
            range = file.read(position, (int) Math.min(most, size - position));
            rangeStart = position;
        }
        int from = (int) (position - rangeStart);
        int n = Math.min(length, range.length - from);
        System.arraycopy(range, from, target, offset, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
