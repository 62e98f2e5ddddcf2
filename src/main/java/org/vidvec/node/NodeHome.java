package org.vidvec.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An Elasticsearch home folder in the layout of the vendor's own distribution, with the plugin
 * installed. Server and plugin are put in anew each time; data, logs and what a user added to the
 * config stay.
 */
public final class NodeHome {

    /** Measured: the rest works, such an index's shards fail. */
    private static final String WITHOUT_NATIVE_ACCESS =
            " without its system call filter and can't hold indices of the codec best_compression";

    private static final List<String> OWNED = List.of("config", "data", "logs", "tmp");

    private final Path folder;
    private final RunAs runAs;
    private final List<String> notes;

    private NodeHome(Path folder, RunAs runAs, List<String> notes) {
        this.folder = folder;
        this.runAs = runAs;
        this.notes = List.copyOf(notes);
    }

    /**
     * Puts a home together. No node may be running in it.
     *
     * @param distribution what the build left
     * @param folder the home; made if it is not there
     * @throws NodeException if files can't be written
     */
    public static NodeHome assemble(Distribution distribution, Path folder) throws NodeException {
        Path home = folder.toAbsolutePath().normalize();
        try {
            for (String each : List.of("lib", "modules", "plugins", "bin", "tmp")) {
                FileTrees.delete(home.resolve(each));
            }
            for (String each : OWNED) {
                Files.createDirectories(home.resolve(each));
            }
            FileTrees.link(distribution.server(), home);
            InstalledPlugin.of(distribution.plugin()).into(home);
            Files.createDirectories(home.resolve("config").resolve("vidvec").resolve("models"));
            return withPlatform(home);
        } catch (IOException e) {
            throw new NodeException(
                    "can't put a node's home together in ["
                            + home
                            + "]: "
                            + e
                            + "; check that the disk has 1 GB free and that you may write there",
                    e);
        }
    }

    private static NodeHome withPlatform(Path home) throws IOException {
        List<String> notes = new ArrayList<>();
        PlatformLibraries libraries = new PlatformLibraries(home);
        RunAs runAs = RunAs.callerIsRoot() ? RunAs.nobody() : RunAs.caller();
        if (runAs.canRead(List.of(home.resolve("config"), java())) == false) {
            notes.add(
                    "the user nobody can't read ["
                            + home
                            + "] or ["
                            + java()
                            + "], so the node runs as root"
                            + WITHOUT_NATIVE_ACCESS);
            return new NodeHome(home, RunAs.caller(), notes);
        }
        if ((libraries.addZstd() && libraries.addVec()) == false) {
            notes.add(
                    "this machine has no libzstd or no C compiler [cc], so the node runs"
                            + WITHOUT_NATIVE_ACCESS);
        }
        return new NodeHome(home, runAs, notes);
    }

    /** The program of the JVM that runs this, which runs the node as well. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The home. */
    public Path folder() {
        return folder;
    }

    /** Where the node's models lie, one folder each. */
    public Path models() {
        return folder.resolve("config").resolve("vidvec").resolve("models");
    }

    /** The one log file; holds all that the node and its JVM print. */
    public Path log() {
        return folder.resolve("logs").resolve("node.log");
    }

    /** What differs here from a vendor's installation, as sentences; mostly empty. */
    public List<String> notes() {
        return notes;
    }

    /** Copies a model's folder into the home, in place of an older one of that name. */
    public void addModel(Path model) throws NodeException {
        Path to = models().resolve(model.getFileName());
        try {
            FileTrees.delete(to);
            FileTrees.copy(model, to);
        } catch (IOException e) {
            throw new NodeException(
                    "can't copy the model [" + model + "] to [" + to + "]: " + e, e);
        }
    }

    /** Forgets all indices. */
    public void deleteData() throws NodeException {
        empty(folder.resolve("data"));
    }

    /** Forgets all models but those that come with the plugin. */
    public void deleteModels() throws NodeException {
        empty(models());
    }

    private static void empty(Path folder) throws NodeException {
        try {
            FileTrees.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new NodeException("can't empty [" + folder + "]: " + e, e);
        }
    }

    RunAs runAs() throws IOException {
        for (String each : OWNED) {
            runAs.own(folder.resolve(each));
        }
        return runAs;
    }
}
