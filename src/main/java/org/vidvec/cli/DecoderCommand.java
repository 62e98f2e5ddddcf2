package org.vidvec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.media.MediaReader;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.sidecar.DecoderServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec decoder}: decodes for nodes, so that what a file breaks is this process. */
@Command(
        name = "decoder",
        description = {
            "Decode media for the nodes of this machine, in a process of its own. Nodes with",
            "[vidvec.media.decoder: sidecar] and the same socket ask it; it sees no files but what",
            "they hand over. Runs until it is stopped; have a supervisor start it again."
        })
final class DecoderCommand implements Callable<Integer> {

    /**
     * What the sidecar needs beyond the plugin's own policy: a socket is the network to the host.
     */
    private static final String ENTITLEMENT =
            "versions:\n  - \"%s\"\npolicy:\n  ALL-UNNAMED:\n    - outbound_network\n";

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Where to listen; whoever may write to it may have files decoded.")
    private Path socket;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Files at once; default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--jvm-option",
            paramLabel = "VERSION",
            description = {
                "Print the line for a node's config/jvm.options.d that lets the plugin connect, for"
                        + " that version of Elasticsearch, and end."
            })
    private String version;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (version != null) {
            out.println(jvmOption(version));
            out.flush();
            return 0;
        }
        if (socket == null || threads < 1) {
            throw new CommandException("give [--socket PATH], and at least one of [--threads]");
        }
        try (DecoderServer server = server()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop-decoder"));
            out.println("decoding at [" + socket + "], [" + threads + "] files at once");
            out.flush();
            server.run();
        }
        return 0;
    }

    private DecoderServer server() throws Exception {
        try {
            return new DecoderServer(
                    socket, new MediaReader(NativeLibraries.fromSystemProperty()), threads);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    "[" + socket + "] is in use; stop what listens there or take another path", e);
        } catch (IOException e) {
            throw new CommandException("can't listen at [" + socket + "]: " + e, e);
        }
    }

    private static void close(DecoderServer server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String jvmOption(String version) {
        byte[] policy =
                String.format(Locale.ROOT, ENTITLEMENT, version).getBytes(StandardCharsets.UTF_8);
        return "-Des.entitlements.policy.vidvec=" + Base64.getEncoder().encodeToString(policy);
    }
}
