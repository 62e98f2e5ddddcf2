package org.vidvec.action;

import java.io.IOException;
import java.io.InputStream;
import org.elasticsearch.common.blobstore.BlobContainer;
import org.elasticsearch.common.blobstore.OperationPurpose;
import org.vidvec.media.MediaSource;

/**
 * A media file in a snapshot repository, read in ranges. One range is held, so that a decoder's
 * many small reads become few requests.
 */
final class RepositorySource implements MediaSource {

    /** Bytes of one range: a few seconds of video, one request to an object store. */
    static final int RANGE = 1 << 20;

    // snapshots have rules on names for their own purposes; this one has none
    private static final OperationPurpose PURPOSE = OperationPurpose.INDICES;

    private final MediaUri uri;
    private final BlobContainer container;
    private final String blob;
    private final long size;

    private byte[] range = new byte[0];
    private long rangeStart;

    /**
     * @param container the folder that the file lies in
     * @param blob the file's name there
     * @param size in bytes
     */
    RepositorySource(MediaUri uri, BlobContainer container, String blob, long size) {
        this.uri = uri;
        this.container = container;
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
            fetch(position);
        }
        int from = (int) (position - rangeStart);
        int n = Math.min(length, range.length - from);
        System.arraycopy(range, from, target, offset, n);
        return n;
    }

    private void fetch(long position) throws IOException {
        byte[] next = new byte[(int) Math.min(RANGE, size - position)];
        int n;
        try (InputStream in = container.readBlob(PURPOSE, blob, position, next.length)) {
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
