package org.vidvec.action;

import java.io.IOException;
import java.io.InputStream;
import org.elasticsearch.common.blobstore.OperationPurpose;

/**
 * A file in a snapshot repository.
 *
 * @param uri what errors call it
 * @param folder that the file lies in; closed with this
 * @param blob the file's name there
 * @param size in bytes
 */
record RepositoryFile(RepositoryUri uri, MediaRepositories.Folder folder, String blob, long size)
        implements RangeSource.Ranges {

    // snapshots have rules on names for their own purposes; this one has none
    private static final OperationPurpose PURPOSE = OperationPurpose.INDICES;

    /** For a decoder. */
    RangeSource source() {
        return new RangeSource(uri.name(), size, new byte[0], this);
    }

    @Override
    public byte[] read(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        int n;
        try (InputStream in = folder.container().readBlob(PURPOSE, blob, position, length)) {
            n = in.readNBytes(bytes, 0, length);
        }
        if (n < length) {
            throw new IOException(
                    "["
                            + uri
                            + "] ended at byte ["
                            + (position + n)
                            + "] of ["
                            + size
                            + "]; was it replaced while it was read? Try again");
        }
        return bytes;
    }

    @Override
    public void close() {
        folder.close();
    }
}
