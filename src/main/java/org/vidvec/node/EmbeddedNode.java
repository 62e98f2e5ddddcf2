package org.vidvec.node;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running Elasticsearch node: a process of its own, on the loopback address, without security (it
 * is x-pack's, which is not published). It ends when it is stopped or when this JVM ends, however
 * that happens: the server watches its standard input, which this object holds open.
 */
public final class EmbeddedNode implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(EmbeddedNode.class.getName());

    /** The server's launcher sends it as the wish to stop. */
    private static final int STOP = '\u001B';

    private static final long POLL_MS = 100;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final OutputStream input;
    private final NodeHome home;
    private final NodeOptions options;

    private EmbeddedNode(Process process, NodeHome home, NodeOptions options) {
        this.process = process;
        this.input = process.getOutputStream();
        this.home = home;
        this.options = options;
    }

    /**
     * Starts a node and waits until it takes requests.
     *
     * @param home not in use by another node
     * @param patience how long it may take, 10-20 s on a laptop
     * @throws NodeException if a port is taken, memory is short, or the node dies or hangs; the
     *     message says why
     */
    public static EmbeddedNode start(NodeHome home, NodeOptions options, Duration patience)
            throws NodeException {
        for (int port : List.of(options.httpPort(), options.transportPort())) {
            if (Ports.isFree(port) == false) {
                throw new NodeException(
                        "port ["
                                + port
                                + "] is taken; stop what listens there or choose another port");
            }
        }
        Memory.require(options.heapMegabytes());
        try {
            EmbeddedNode node = launch(home, options);
            try {
                node.awaitReady(patience);
            } catch (NodeException | IOException | RuntimeException e) {
                node.process.destroyForcibly();
                throw e;
            }
            return node;
        } catch (IOException e) {
            throw new NodeException(
                    "the node can't be started in [" + home.folder() + "]: " + e, e);
        }
    }

    private static EmbeddedNode launch(NodeHome home, NodeOptions options) throws IOException {
        byte[] arguments = ServerArguments.bytes(home.folder(), options.all(home));
        Files.deleteIfExists(home.log());
        RunAs runAs = home.runAs();
        List<String> flags =
                JvmFlags.of(home.folder(), options.heapMegabytes(), Runtime.version().feature());
        List<String> java = new ArrayList<>(List.of(NodeHome.java().toString()));
        java.addAll(flags);
        ProcessBuilder builder =
                new ProcessBuilder(runAs.command(java))
                        .directory(home.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(home.log().toFile());
        String tmp = home.folder().resolve("tmp").toString();
        builder.environment().put("ES_TMPDIR", tmp);
        builder.environment().put("LIBFFI_TMPDIR", tmp);
        EmbeddedNode node = new EmbeddedNode(builder.start(), home, options);
        LOGGER.log(System.Logger.Level.DEBUG, "node {0}", node.process.pid());
        node.input.write(arguments);
        node.input.flush();
        return node;
    }

    private void awaitReady(Duration patience) throws NodeException, IOException {
        NodeLog log = new NodeLog(home.log());
        long end = System.nanoTime() + patience.toNanos();
        while (log.isReady() == false) {
            if (process.isAlive() == false) {
                throw new NodeException(
                        "the node died while starting: "
                                + log.explain(options, process.exitValue()));
            }
            if (System.nanoTime() > end) {
                throw new NodeException(
                        "the node did not start within ["
                                + patience.toSeconds()
                                + "s]; is this machine busy? See ["
                                + home.log()
                                + "]");
            }
            pause();
        }
    }

    private void pause() throws NodeException {
        try {
            process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted while waiting for the node", e);
        }
    }

    /** Where it answers, without a slash at the end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + options.httpPort());
    }

    /** Where other nodes find it, for their {@code discovery.seed_hosts}. */
    public String transportAddress() {
        return "127.0.0.1:" + options.transportPort();
    }

    /** Its process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** All that it prints. */
    public Path log() {
        return home.log();
    }

    /**
     * Says that the node has died by itself, and why.
     *
     * @throws NodeException if it runs no more
     */
    public void requireAlive() throws NodeException {
        if (process.isAlive() == false) {
            try {
                throw new NodeException(
                        "the node has died: "
                                + new NodeLog(home.log()).explain(options, process.exitValue()));
            } catch (IOException e) {
                throw new NodeException("the node has died; see [" + home.log() + "]", e);
            }
        }
    }

    /** Waits until it ends. */
    public void await() throws InterruptedException {
        process.waitFor();
    }

    /** Stops it as the vendor's launcher does, and by force if it does not obey. */
    @Override
    public void close() {
        try {
            input.write(STOP);
            input.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "node is gone already", e);
        }
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) == false) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
