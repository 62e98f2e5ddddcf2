package org.vidvec.web;

import java.io.IOException;
import java.util.Objects;

/** A file of a server that was asked for it once. */
public final class WebFile {

    private final WebReader reader;
    private final WebAddress at;
    private final long size;
    private final byte[] begin;
    private final boolean whole;
    private final boolean ranges;
    private final String version;

    /**
     * @param at where it lies, behind all redirects
     * @param first the server's answer
     * @param size in bytes; of a file that is too large without ranges at least that
     * @param whole whether the answer holds all of it
     */
    WebFile(WebReader reader, WebAddress at, WebReply first, long size, boolean whole) {
        this.reader = reader;
        this.at = at;
        this.size = size;
        this.begin = first.body();
        this.whole = whole;
        this.ranges = first.isPart();
        this.version = first.version();
    }

    /** In bytes; of one that is neither {@link #isWhole} nor {@link #hasRanges} at least that. */
    public long size() {
        return size;
    }

    /** Its first bytes, which came with the first answer. */
    public byte[] begin() {
        return begin;
    }

    /** Whether {@link #begin} is all of it. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether the rest can be read. */
    public boolean hasRanges() {
        return ranges;
    }

    /**
     * Reads a part of it.
     *
     * @param position of the first byte
     * @param length bytes, of which the file has as many
     * @throws IOException if the server does not send them, or the file is another one by now, or
     *     may not be read any more
     */
    public byte[] read(long position, int length) throws IOException {
        WebReply reply = ask(position, length);
        boolean same =
                reply.isPart()
                        && reply.from() == position
                        && reply.total() == size
                        && reply.body().length == length
                        && Objects.equals(reply.version(), version);
        if (same == false) {
            throw new IOException(
                    "["
                            + at.name()
                            + "] is not what it was, at byte ["
                            + position
                            + "] of ["
                            + size
                            + "]; was it replaced while it was read? Try again");
        }
        return reply.body();
    }

    private WebReply ask(long position, int length) throws IOException {
        try {
            return reader.get(at, position, length);
        } catch (IllegalArgumentException e) {
            // its host's name stands for another address by now
            throw new IOException(e.getMessage(), e);
        }
    }
}
