package org.vidvec.sidecar;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.vidvec.media.MediaBackend;

/** Decodes for others over a Unix socket: one connection per file, several at once. */
public final class DecoderServer implements Closeable {

    private static final Logger LOG = System.getLogger(DecoderServer.class.getName());

    /** Longest that a connection stays open; the node's own limit on a decode is far below. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Path socket;
    private final MediaBackend backend;
    private final Semaphore places;
    private final ServerSocketChannel server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Listens from now on; {@link #run} answers.
     *
     * @param socket a path that is free, or that a decoder which is no more left behind
     * @param backend decodes
     * @param decodes at once; who comes when they are under way is told to try again
     * @throws FileAlreadyExistsException if another decoder listens there, or it is no socket
     * @throws IOException if the socket can't be made
     */
    public DecoderServer(Path socket, MediaBackend backend, int decodes) throws IOException {
        this.socket = socket;
        this.backend = backend;
        this.places = new Semaphore(decodes);
        removeLeftOver(socket);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void removeLeftOver(Path socket) throws IOException {
        if (Files.notExists(socket)) {
            return;
        }
        boolean isSocket = Files.readAttributes(socket, "isOther").get("isOther").equals(true);
        if (isSocket == false || answers(socket)) {
            throw new FileAlreadyExistsException(socket.toString());
        }
        Files.delete(socket);
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Until {@link #close}. */
    public void run() throws IOException {
        while (true) {
            SocketChannel channel;
            try {
                channel = server.accept();
            } catch (AsynchronousCloseException e) {
                return;
            }
            threads.execute(() -> serve(channel));
        }
    }

    private void serve(SocketChannel channel) {
        boolean placed = places.tryAcquire();
        try (Wire wire = new Wire(channel, placed ? PATIENCE : GOODBYE)) {
            if (placed) {
                decode(wire);
            } else {
                wire.out().writeByte(Protocol.BUSY);
                wire.out().flush();
                // what is closed before the other side closes takes the message with it
                wire.in().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.INFO, "a connection broke off: [{0}]", e.toString());
        }
    }

    private void decode(Wire wire) throws IOException {
        try {
            new DecoderSession(backend, wire).run();
        } finally {
            // before the last message: who has it may come again at once
            places.release();
        }
        wire.out().flush();
    }

    /** Ends what is under way, and removes the socket. */
    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        Files.deleteIfExists(socket);
    }
}
