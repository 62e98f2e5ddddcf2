package org.vidvec.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * As whom a node runs: as the caller, or, where the caller is root, as the user without rights
 * 65534, whom {@code setpriv} makes it. Elasticsearch refuses to run as root.
 */
final class RunAs {

    /** nobody, on every Linux. */
    private static final int NOBODY = 65534;

    private static final List<String> SETPRIV =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private final boolean nobody;

    private RunAs(boolean nobody) {
        this.nobody = nobody;
    }

    /** As the one who runs this JVM. */
    static RunAs caller() {
        return new RunAs(false);
    }

    /** As nobody. */
    static RunAs nobody() {
        return new RunAs(true);
    }

    /** Whether this JVM runs as root. */
    static boolean callerIsRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // no Linux: nobody runs a demo as root there
        }
    }

    /** Whether this user can be had here and can read all of {@code paths}. */
    boolean canRead(List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (succeeds(command(List.of("test", "-r", path.toString()))) == false) {
                return false;
            }
        }
        return true;
    }

    /** {@code command}, to be run by this user. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(nobody ? SETPRIV : List.of());
        whole.addAll(command);
        return whole;
    }

    /** Gives this user a folder and all in it. */
    void own(Path folder) throws IOException {
        if (nobody == false) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList();
        }
        for (Path each : all) {
            Files.setAttribute(each, "unix:uid", NOBODY);
            Files.setAttribute(each, "unix:gid", NOBODY);
        }
    }

    private static boolean succeeds(List<String> command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        } catch (IOException e) {
            return false; // no such program
        }
    }
}
