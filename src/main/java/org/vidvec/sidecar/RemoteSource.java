package org.vidvec.sidecar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import org.vidvec.media.MediaSource;

/** The decoder's view of a file that lies with the node: each read asks for a range. */
final class RemoteSource implements MediaSource {

    private final Wire wire;
    private final String name;
    private final long size;

    RemoteSource(Wire wire, String name, long size) {
        this.wire = wire;
        this.name = name;
        this.size = size;
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
        int wanted = Math.min(length, Protocol.LARGEST_RANGE);
        DataOutputStream out = wire.out();
        out.writeByte(Protocol.NEED);
        out.writeLong(position);
        out.writeInt(wanted);
        out.flush();
        DataInputStream in = wire.in();
        int n = in.readInt();
        if (n == Protocol.UNREADABLE) {
            throw new IOException(in.readUTF());
        }
        if (n > wanted) {
            throw new ProtocolException("[" + n + "] bytes where [" + wanted + "] were asked for");
        }
        if (n > 0) {
            in.readFully(target, offset, n);
        }
        return n;
    }
}
