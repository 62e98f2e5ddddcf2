package org.vidvec.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/** Memory of this process beside the heap, once everything unused went back to Linux. */
final class ProcessMemory {

    private ProcessMemory() {}

    /**
     * Collects garbage, trims malloc's arenas (JDK 21's {@code System.trim_native_heap}), then
     * reads {@code RssAnon}. The heap counts too: give it a fixed size, touched at the start.
     *
     * @return bytes
     * @throws IOException where there is no {@code /proc}
     */
    static long nativeBytes() throws IOException {
        System.gc();
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            null,
                            null);
        } catch (JMException e) {
            throw new IOException("malloc's arenas could not be trimmed", e);
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("RssAnon:")) {
                long all = Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                return all
                        - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
            }
        }
        throw new IOException("/proc/self/status has no RssAnon");
    }
}
