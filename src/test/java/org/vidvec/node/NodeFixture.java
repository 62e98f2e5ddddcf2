package org.vidvec.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real node that all tests over HTTP share: production bootstrap, entitlements on, the plugin
 * from its zip, and as the administrator's {@code tiny} a small one of random weights, which counts
 * before the one in the zip. The first test that asks starts it; it ends with the JVM of the tests.
 * Use it through {@link HttpTestCase}.
 */
public final class NodeFixture {

    /** Name for a snapshot repository that the node's {@code vidvec.media.repositories} allows. */
    public static final String ALLOWED_REPOSITORY = "media";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static EmbeddedNode node;
    private static EmbeddedNode installed;
    private static Path repositoryFolder;

    private NodeFixture() {}

    /** Where the shared node answers. */
    public static synchronized URI uri() throws NodeException, IOException {
        if (node == null) {
            NodeHome home = home("fixture");
            repositoryFolder = home.folder().resolve("data").resolve("media-repository");
            Files.createDirectories(repositoryFolder);
            FileTrees.copy(demo().resolve("clips"), repositoryFolder);
            Map<String, String> settings = new HashMap<>();
            settings.put("action.destructive_requires_name", "false");
            settings.put("path.repo", repositoryFolder.toString());
            settings.put("vidvec.media.repositories", ALLOWED_REPOSITORY);
            node =
                    EmbeddedNode.start(
                            home, NodeOptions.single("fixture", Ports.free(), settings), PATIENCE);
        }
        node.requireAlive();
        return node.uri();
    }

    /**
     * A folder of the node's {@code path.repo} that holds the demo's clips; register it as {@link
     * #ALLOWED_REPOSITORY}, of type {@code fs}.
     */
    public static synchronized Path repositoryFolder() throws NodeException, IOException {
        uri();
        return repositoryFolder;
    }

    /** All that the shared node prints. */
    public static synchronized Path log() throws NodeException, IOException {
        uri();
        return node.log();
    }

    /** Where a second shared node answers, as an installer leaves it: the plugin's own models. */
    public static synchronized URI installed() throws NodeException {
        if (installed == null) {
            installed = startFresh("installed");
        }
        installed.requireAlive();
        return installed.uri();
    }

    /**
     * A node of a test's own as an installer leaves it: no models but those that came with the
     * plugin. The test closes it.
     */
    public static EmbeddedNode startFresh(String name) throws NodeException {
        return EmbeddedNode.start(
                fresh(name), NodeOptions.single(name, Ports.free(), Map.of()), PATIENCE);
    }

    /** An empty home of that name, with the plugin and the tests' model. */
    static NodeHome home(String name) throws NodeException {
        NodeHome home = fresh(name);
        home.addModel(project().resolve("src").resolve("test").resolve("models").resolve("tiny"));
        return home;
    }

    /** An empty home of that name, with the plugin and nothing else. */
    static NodeHome fresh(String name) throws NodeException {
        Path target = project().resolve("target");
        NodeHome home =
                NodeHome.assemble(Distribution.in(target), target.resolve("nodes").resolve(name));
        home.deleteData();
        home.deleteModels();
        return home;
    }

    /**
     * Lets the plugin use the network, by the line that the command prints for it.
     *
     * @return the file with the line; whoever needs the home without it deletes it
     */
    static Path allowNetwork(NodeHome home) throws IOException {
        Path options = home.folder().resolve("config").resolve("jvm.options.d");
        Files.createDirectories(options);
        String line = decoder("--jvm-option", "9.5.3").inputReader().readLine();
        return Files.writeString(options.resolve("vidvec.options"), line + "\n");
    }

    /** The command {@code decoder} in a process of its own. */
    static Process decoder(String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        NodeHome.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dvidvec.native.dir=" + System.getProperty("vidvec.native.dir"),
                        "--enable-native-access=ALL-UNNAMED",
                        "org.vidvec.cli.Vidvec",
                        "decoder");
        builder.command().addAll(List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static Path demo() {
        return project().resolve("src").resolve("main").resolve("demo");
    }

    private static Path project() {
        return Path.of(System.getProperty("vidvec.project.dir"));
    }
}
