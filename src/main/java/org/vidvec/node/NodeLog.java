package org.vidvec.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a node has printed: whether it is ready, and if it died, why. */
final class NodeLog {

    /** The server prints it on standard error for its launcher once it takes requests. */
    private static final char READY = '\u0018';

    private static final Pattern NO_MEMORY =
            Pattern.compile(
                    "insufficient memory|Could not reserve enough space"
                            + "|java\\.lang\\.OutOfMemoryError|Cannot allocate memory");
    private static final Pattern NO_PORT =
            Pattern.compile("Bind(?:Http|Transport)?Exception|Address already in use");
    private static final Pattern THROWN =
            Pattern.compile("^(?:Caused by: )?[\\w.$]+(?:Exception|Error)\\b.*", Pattern.MULTILINE);

    /** Of the shell: ended by SIGKILL, which on a full machine is the kernel's doing. */
    private static final int KILLED = 137;

    private final Path file;

    NodeLog(Path file) {
        this.file = file;
    }

    boolean isReady() throws IOException {
        return text().indexOf(READY) >= 0;
    }

    /** A sentence: why the node ended, and what to do. */
    String explain(NodeOptions options, int exitCode) throws IOException {
        String text = text();
        if (NO_PORT.matcher(text).find()) {
            return "port ["
                    + options.httpPort()
                    + "] or ["
                    + options.transportPort()
                    + "] is taken; stop what listens there or choose another port";
        }
        if (NO_MEMORY.matcher(text).find() || exitCode == KILLED) {
            return "there is too little memory for a heap of ["
                    + options.heapMegabytes()
                    + "mb] and the model; free some or ask for a smaller heap";
        }
        return "its last words are [" + lastWords(text) + "]; see [" + file + "]";
    }

    /** The innermost cause of the last exception; without one the last line. */
    private static String lastWords(String text) {
        List<String> thrown = THROWN.matcher(text).results().map(m -> m.group().strip()).toList();
        List<String> lines = text.lines().filter(l -> l.isBlank() == false).toList();
        List<String> best = thrown.isEmpty() ? lines : thrown;
        return best.isEmpty() ? "nothing" : best.get(best.size() - 1);
    }

    private String text() throws IOException {
        return Files.exists(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                : "";
    }
}
