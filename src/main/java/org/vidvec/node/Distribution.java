package org.vidvec.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build leaves for nodes to be made of.
 *
 * @param server folder with the server's {@code lib}, {@code modules} and {@code config}
 * @param plugin the plugin's zip
 */
public record Distribution(Path server, Path plugin) {

    private static final String MISSING = "; build it with [mvn -DskipTests package]";

    /**
     * Finds both in a build's output folder.
     *
     * @param target for example {@code target}
     * @throws NodeException if the build has not made them
     */
    public static Distribution in(Path target) throws NodeException {
        return new Distribution(
                only(target, "elasticsearch-", "", "the server's files"),
                only(target, "vidvec-", "-plugin.zip", "the plugin's zip"));
    }

    private static Path only(Path target, String prefix, String suffix, String what)
            throws NodeException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(target)) {
            found = entries.filter(e -> hasName(e, prefix, suffix)).sorted().toList();
        } catch (IOException e) {
            throw new NodeException("can't read the build folder [" + target + "]" + MISSING, e);
        }
        if (found.isEmpty()) {
            throw new NodeException(
                    what
                            + " are missing: no ["
                            + prefix
                            + "*"
                            + suffix
                            + "] in ["
                            + target
                            + "]"
                            + MISSING);
        }
        if (found.size() > 1) {
            throw new NodeException(
                    "there are several versions of "
                            + what
                            + " "
                            + found
                            + "; remove them with [mvn clean] and build again");
        }
        return found.get(0);
    }

    private static boolean hasName(Path entry, String prefix, String suffix) {
        String name = entry.getFileName().toString();
        return name.startsWith(prefix) && name.endsWith(suffix);
    }
}
