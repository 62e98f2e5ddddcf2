package org.vidvec.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of the machine that a test runs. */
final class CommandLine {

    private CommandLine() {}

    /**
     * What it did.
     *
     * @param status its exit status
     * @param output all that it printed, errors among it
     */
    record Outcome(int status, String output) {}

    /** Whether the machine has it. */
    static boolean exists(String program) throws IOException {
        try {
            return run(Path.of("."), List.of(program, "--version")).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs it to its end.
     *
     * @throws IOException if there is no such program
     */
    static Outcome run(Path folder, List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
