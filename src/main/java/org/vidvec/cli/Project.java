package org.vidvec.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that {@code ./vidvec} runs in. */
final class Project {

    /** Set by the script {@code vidvec} and by the tests. */
    static final String PROPERTY = "vidvec.project.dir";

    private final Path folder;

    Project(Path folder) {
        this.folder = folder;
    }

    /**
     * @throws CommandException if this is not run from a source tree
     */
    static Project here() throws CommandException {
        String folder = System.getProperty(PROPERTY);
        if (folder == null || Files.exists(Path.of(folder, "pom.xml")) == false) {
            throw new CommandException(
                    "this command needs Vidvec's source tree, not ["
                            + folder
                            + "]; clone it and run [./vidvec] there");
        }
        return new Project(Path.of(folder).toAbsolutePath());
    }

    /** What the build makes. */
    Path target() {
        return folder.resolve("target");
    }

    /** A node's home, one per port. */
    Path nodeHome(String name, int port) {
        return target().resolve("nodes").resolve(name + "-" + port);
    }

    /** The models that come with the plugin. */
    Path models() {
        return folder.resolve("models");
    }

    /** Clips and requests of the demo. */
    Path demo() {
        return folder.resolve("src").resolve("main").resolve("demo");
    }

    /** {@code file} as a user in this folder would write it. */
    String relative(Path file) {
        return folder.relativize(file).toString();
    }
}
