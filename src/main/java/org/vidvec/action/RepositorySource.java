package org.vidvec.action;

import java.io.IOException;
import java.io.InputStream;
import org.elasticsearch.common.blobstore.OperationPurpose;
import org.vidvec.media.MediaSource;

/**
 * A media file in a snapshot repository, read in ranges. One range is held, so that a decoder's
 * many small reads become few requests: a short one after each jump, longer and longer ones while
 * reading goes on.
 */
final class RepositorySource implements MediaSource {

    /** Bytes of the first range after a jump: a picture or a part of an index. */
    static final int FIRST_RANGE = 64 << 10;

    /** Most bytes of one range: what an object store sends in about the time of a request. */
    static final int RANGE = 4 << 20;

    // snapshots have rules on names for their own purposes; this one has none
    private static final OperationPurpose PURPOSE = OperationPurpose.INDICES;

    private final MediaUri uri;
    private final MediaRepositories.Folder folder;
    private final String blob;
    private final long size;

    private byte[] range = new byte[0];
    private long rangeStart;

    /**
     * @param folder that the file lies in; closed with this
     * @param blob the file's name there
     * @param size in bytes
     */
    RepositorySource(MediaUri uri, MediaRepositories.Folder folder, String blob, long size) {
        this.uri = uri;
        this.folder = folder;
        this.blob = blob;
        this.size = size;
    }

    @Override
    public String name() {
        return uri.toString();
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
            fetch(position, Math.min(RANGE, Math.max(length, usual)));
        }
        int from = (int) (position - rangeStart);
        int n = Math.min(length, range.length - from);
        System.arraycopy(range, from, target, offset, n);
        return n;
    }

    @Override
    public void close() {
        folder.close();
    }

    private void fetch(long position, int length) throws IOException {
        byte[] next = new byte[(int) Math.min(length, size - position)];
        int n;
        try (InputStream in = folder.container().readBlob(PURPOSE, blob, position, next.length)) {
            n = in.readNBytes(next, 0, next.length);
        }
        if (n < next.length) {
            throw new IOException(
                    "["
                            + uri
                            + "] ended at byte ["
                            + (position + n)
                            + "] of ["
                            + size
                            + "]; was it replaced while it was read? Try again");
        }
        range = next;
        rangeStart = position;
    }
}
