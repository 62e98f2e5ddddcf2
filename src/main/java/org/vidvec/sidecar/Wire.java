package org.vidvec.sidecar;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Both directions of a connection as streams that end at a time: a peer that says nothing can't
 * hold a thread for ever. For one thread.
 */
final class Wire implements Closeable {

    // NIO keeps a buffer outside of the heap as large as the largest piece for each thread
    private static final int PIECE_BYTES = 128 << 10;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long endNanos;
    private final DataInputStream in =
            new DataInputStream(new BufferedInputStream(new Incoming(), PIECE_BYTES));
    private final DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(new Outgoing(), PIECE_BYTES));

    /**
     * @param channel connected; closed with this
     * @param patience after which reads and writes fail
     */
    Wire(SocketChannel channel, Duration patience) throws IOException {
        this.channel = channel;
        this.endNanos = System.nanoTime() + patience.toNanos();
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Reads throw {@link SocketTimeoutException} when the time is over. */
    DataInputStream in() {
        return in;
    }

    /** Collects until it is flushed. */
    DataOutputStream out() {
        return out;
    }

    private void await(int operation) throws IOException {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the other side takes too long");
        }
        key.interestOps(operation);
        selector.select(1 + left / 1_000_000);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }

    private final class Incoming extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            ByteBuffer piece = ByteBuffer.wrap(target, offset, Math.min(length, PIECE_BYTES));
            int n = channel.read(piece);
            while (n == 0 && piece.hasRemaining()) {
                await(SelectionKey.OP_READ);
                n = channel.read(piece);
            }
            return n;
        }
    }

    private final class Outgoing extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int n = Math.min(length - done, PIECE_BYTES);
                int written = channel.write(ByteBuffer.wrap(bytes, offset + done, n));
                if (written == 0) {
                    await(SelectionKey.OP_WRITE);
                }
                done += written;
            }
        }
    }
}
