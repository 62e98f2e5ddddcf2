package org.vidvec.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the machine has enough memory for a node. */
final class Memory {

    /**
     * For what is outside the heap; measured: the demo's whole node peaks at 1.4 GB of the 2 GB.
     */
    static final long BESIDE_HEAP_MEGABYTES = 1024;

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE =
            Pattern.compile("^MemAvailable: +(\\d+) kB", Pattern.MULTILINE);

    private Memory() {}

    /**
     * @throws NodeException if less than the heap and what comes beside it is available
     */
    static void require(int heapMegabytes) throws NodeException {
        OptionalLong available = availableMegabytes();
        if (available.isPresent()) {
            require(heapMegabytes, available.getAsLong());
        }
    }

    static void require(int heapMegabytes, long availableMegabytes) throws NodeException {
        long needed = heapMegabytes + BESIDE_HEAP_MEGABYTES;
        if (availableMegabytes < needed) {
            throw new NodeException(
                    "the machine has ["
                            + availableMegabytes
                            + "mb] of memory available; the node needs ["
                            + needed
                            + "mb]; close other programs and try again");
        }
    }

    /** Empty where the system does not tell. */
    private static OptionalLong availableMegabytes() {
        try {
            String text = Files.readString(MEMINFO, StandardCharsets.US_ASCII);
            Matcher matcher = AVAILABLE.matcher(text);
            return matcher.find()
                    ? OptionalLong.of(Long.parseLong(matcher.group(1)) / 1024)
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // not a Linux
        }
    }
}
