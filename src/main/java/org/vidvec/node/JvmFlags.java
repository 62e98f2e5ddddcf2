package org.vidvec.node;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The flags that Elasticsearch's own launcher gives its JVM, as far as they are the same here. */
final class JvmFlags {

    private static final int DENIES_NATIVE_ACCESS = 24; // JEP 472
    private static final String MAIN =
            "org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch";

    private JvmFlags() {}

    /**
     * Everything after {@code java}.
     *
     * @param home the node's home
     * @param heapMegabytes size of the Java heap
     * @param release the JVM's feature release; flags that it does not know are left out
     */
    static List<String> of(Path home, int heapMegabytes, int release) throws IOException {
        List<String> flags = new ArrayList<>();
        flags.addAll(memoryAndPaths(home, heapMegabytes));
        flags.addAll(entitlements(home));
        flags.addAll(added(home.resolve("config").resolve("jvm.options.d")));
        flags.add(
                "--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core,"
                        + "org.elasticsearch.foreign,ALL-UNNAMED");
        if (release >= DENIES_NATIVE_ACCESS) {
            flags.add("--illegal-native-access=deny");
        }
        flags.addAll(
                List.of(
                        "--module-path",
                        home.resolve("lib").toString(),
                        "--add-modules=" + modules(),
                        "-m",
                        MAIN));
        return flags;
    }

    private static List<String> memoryAndPaths(Path home, int heapMegabytes) {
        return List.of(
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-Xss1m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:ErrorFile=" + home.resolve("logs").resolve("hs_err_pid%p.log"),
                "-Djava.io.tmpdir=" + home.resolve("tmp"),
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Djava.locale.providers=CLDR",
                "-Des.networkaddress.cache.ttl=60",
                "-Des.networkaddress.cache.negative.ttl=10",
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.noKeySetOptimization=true",
                "-Dio.netty.recycler.maxCapacityPerThread=0",
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dlog4j2.disable.jmx=true",
                "-Dlog4j2.formatMsgNoLookups=true",
                "-Des.distribution.type=tar",
                "-Des.path.home=" + home,
                "-Des.path.conf=" + home.resolve("config"));
    }

    private static List<String> entitlements(Path home) throws IOException {
        return List.of(
                "-Djdk.attach.allowAttachSelf=true",
                "-XX:+EnableDynamicAgentLoading",
                "--patch-module=java.base="
                        + onlyJar(home.resolve("lib").resolve("entitlement-bridge")),
                "--add-exports=java.base/org.elasticsearch.entitlement.bridge="
                        + "org.elasticsearch.entitlement,java.logging,java.net.http,java.naming,"
                        + "jdk.net,jdk.zipfs,java.desktop,java.xml");
    }

    /** The admin's own, from files as the vendor's launcher reads them: one flag on a line. */
    private static List<String> added(Path folder) throws IOException {
        List<String> added = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith("-"))
                            .forEach(added::add);
                }
            }
        }
        return added;
    }

    /** Some runtimes, JREs above all, come without the incubator; the server works without it. */
    private static String modules() {
        boolean vectors = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
        return "jdk.net,jdk.management.agent,ALL-MODULE-PATH"
                + (vectors ? ",jdk.incubator.vector" : "");
    }

    private static Path onlyJar(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(j -> j.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar in [" + folder + "]"));
        }
    }
}
