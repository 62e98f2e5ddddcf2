package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A real node whose media are decoded by another process, entitlements on. */
public class SidecarIT extends HttpTestCase {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Path folder;
    private Path socket;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        // short, and open to the user that the node runs as
        folder = Files.createTempDirectory(Path.of("/tmp"), "vidvec");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        socket = folder.resolve("decoder.sock");
    }

    @Override
    public void tearDown() throws Exception {
        Files.deleteIfExists(socket);
        Files.delete(folder);
        super.tearDown();
    }

    private NodeOptions options(String name) throws NodeException {
        return NodeOptions.single(
                name,
                Ports.free(),
                Map.of(
                        "vidvec.media.decoder",
                        "sidecar",
                        "vidvec.media.decoder_socket",
                        socket.toString()));
    }

    public void testNodeOutlivesItsDecoder() throws Exception {
        NodeHome home = NodeFixture.home("sidecar");
        Path jvmOptions = NodeFixture.allowNetwork(home);
        try (EmbeddedNode node = EmbeddedNode.start(home, options("sidecar"), PATIENCE)) {
            Answer away = embed(node);
            assertEquals(away.body(), 503, away.status());
            assertThat(away.body(), containsString("there is no decoder at [" + socket + "]"));
            Process decoder = decoder();
            Answer here = embed(node);
            assertEquals(here.body(), 200, here.status());
            decoder.destroyForcibly().waitFor();
            assertEquals(503, embed(node).status());
            decoder = decoder();
            Answer again = embed(node);
            assertEquals(here.body(), again.body());
            decoder.destroyForcibly().waitFor();
            node.requireAlive();
        }
        Files.delete(jvmOptions);
    }

    public void testWithoutTheEntitlementTheNodeSaysWhatIsMissing() throws Exception {
        Process decoder = decoder();
        try (EmbeddedNode node =
                EmbeddedNode.start(
                        NodeFixture.home("no-entitlement"), options("no-entitlement"), PATIENCE)) {
            Answer answer = embed(node);
            assertEquals(answer.body(), 503, answer.status());
            assertThat(answer.body(), containsString("entitlement [outbound_network]"));
            assertThat(answer.body(), containsString("[vidvec-decoder --jvm-option"));
        } finally {
            decoder.destroyForcibly().waitFor();
        }
    }

    private Process decoder() throws IOException {
        Process process = NodeFixture.decoder("--socket", socket.toString());
        String line = process.inputReader().readLine();
        assertThat(line, containsString("decoding at"));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
        return process;
    }

    private static Answer embed(EmbeddedNode node) throws Exception {
        try (InputStream in = SidecarIT.class.getResourceAsStream("/media/image/cat.png")) {
            String value = Base64.getEncoder().encodeToString(in.readAllBytes());
            return call(
                    node.uri(),
                    "POST",
                    "/_vidvec/embed",
                    "{\"model_id\": \"tiny\", \"input\": [{\"type\": \"image\", \"format\":"
                            + " \"base64\", \"value\": \""
                            + value
                            + "\"}]}");
        }
    }
}
