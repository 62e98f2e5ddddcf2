package org.vidvec.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process keeps in memory, in bytes, once everything unused went back to Linux.
 *
 * @param resident all, program files included
 * @param heap pages of the Java heap that are there, whatever of it the JVM calls committed: G1
 *     gives pages back some time after it says so
 * @param besideHeap all other pages that belong to no file
 * @param malloc handed out by malloc and not given back: native libraries and parts of the JVM; -1
 *     where the JVM does not tell (before release 23)
 * @param jvm code that was compiled, and what is known of classes
 */
record ProcessMemory(long resident, long heap, long besideHeap, long malloc, long jvm) {

    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .{4} .*");
    private static final Pattern ADDRESSES =
            Pattern.compile("\\[0x([0-9a-f]+), (?:0x[0-9a-f]+, )?0x([0-9a-f]+)\\)");
    private static final Pattern SIZE =
            Pattern.compile("<(total|system) type=\"(fast|rest|current)\".* size=\"(\\d+)\"/>");

    // the compiler takes tens of megabytes while it works on a large method
    private static final int LOOKS = 40;
    private static final int CALM_LOOKS = 6;
    private static final long LOOK_EVERY_MS = 500;

    /**
     * The least of several looks, until none goes lower: what a compiler thread takes for the
     * moment is no leak.
     *
     * @throws IOException as {@link #now}
     */
    static ProcessMemory settled() throws IOException {
        ProcessMemory least = now();
        for (int look = 0, calm = 0; look < LOOKS && calm < CALM_LOOKS; look++, calm++) {
            LockSupport.parkNanos(LOOK_EVERY_MS * 1_000_000);
            ProcessMemory next = now();
            if (next.besideHeap < least.besideHeap) {
                least = next;
                calm = -1;
            }
        }
        return least;
    }

    /**
     * Collects garbage, trims malloc's arenas (JDK 21's {@code System.trim_native_heap}), then
     * looks.
     *
     * @throws IOException where there is no {@code /proc}, or the collector does not say where its
     *     heap lies
     */
    static ProcessMemory now() throws IOException {
        System.gc();
        diagnose("systemTrimNativeHeap");
        long[] range = heapRange(diagnose("gcHeapInfo"));
        long resident = 0;
        long heap = 0;
        long other = 0;
        boolean inHeap = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                inHeap = start >= range[0] && start < range[1];
            } else if (line.startsWith("Rss:")) {
                resident += kilobytes(line);
            } else if (line.startsWith("Anonymous:") && inHeap) {
                heap += kilobytes(line);
            } else if (line.startsWith("Anonymous:")) {
                other += kilobytes(line);
            }
        }
        return new ProcessMemory(resident, heap, other, malloced(), jvmPools());
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }

    private static long[] heapRange(String info) throws IOException {
        long from = Long.MAX_VALUE;
        long to = 0;
        Matcher addresses = ADDRESSES.matcher(info);
        while (addresses.find()) {
            from = Math.min(from, Long.parseUnsignedLong(addresses.group(1), 16));
            to = Math.max(to, Long.parseUnsignedLong(addresses.group(2), 16));
        }
        if (to == 0) {
            throw new IOException("the JVM does not tell where its heap lies: [" + info + "]");
        }
        return new long[] {from, to};
    }

    /** From malloc_info(3), whose last three lines of a kind are the sums of all arenas. */
    private static long malloced() {
        String info;
        try {
            info = diagnose("systemNativeHeapInfo");
        } catch (IOException e) {
            return -1;
        }
        long system = 0;
        long free = 0;
        Matcher sizes = SIZE.matcher(info.substring(Math.max(0, info.lastIndexOf("</heap>"))));
        while (sizes.find()) {
            long size = Long.parseLong(sizes.group(3));
            system += sizes.group(1).equals("system") ? size : 0;
            free += sizes.group(1).equals("total") ? size : 0;
        }
        return system - free;
    }

    private static long jvmPools() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.NON_HEAP) {
                bytes += pool.getUsage().getCommitted();
            }
        }
        return bytes;
    }

    private static String diagnose(String command) throws IOException {
        try {
            return (String)
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    command,
                                    null,
                                    null);
        } catch (JMException e) {
            throw new IOException("the JVM has no command [" + command + "]", e);
        }
    }

    /** For people. */
    String line() {
        return String.format(
                Locale.ROOT,
                "RSS %d kB, of it heap %d kB, beside the heap %d kB (malloc %d kB, code and"
                        + " classes %d kB)",
                resident >> 10,
                heap >> 10,
                besideHeap >> 10,
                malloc >> 10,
                jvm >> 10);
    }
}
