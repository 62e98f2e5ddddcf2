package org.vidvec.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The two native libraries that Elasticsearch's own distribution carries and that are not
 * published: zstd, taken from the system, and {@code libvec}, whose place is taken by one that says
 * "no vector instructions" (the server then computes vectors in Java).
 *
 * <p>With libvec the server has native access, hence its system call filter and its refusal to run
 * as root; without it both are off and the rest works.
 */
final class PlatformLibraries {

    private static final List<String> FOLDERS =
            List.of(
                    "/usr/lib/x86_64-linux-gnu",
                    "/usr/lib/aarch64-linux-gnu",
                    "/lib/x86_64-linux-gnu",
                    "/lib/aarch64-linux-gnu",
                    "/usr/lib64",
                    "/lib64",
                    "/usr/lib",
                    "/lib",
                    "/usr/local/lib",
                    "/opt/homebrew/lib");

    private static final List<String> ZSTD =
            List.of("libzstd.so.1", "libzstd.so", "libzstd.1.dylib", "libzstd.dylib");

    private static final String LIBVEC = "int vec_caps(void) { return 0; }\n";

    private final Path folder;
    private final String extension;

    /**
     * @param home the node's home
     */
    PlatformLibraries(Path home) {
        boolean mac = property("os.name").startsWith("mac");
        boolean arm = property("os.arch").equals("aarch64");
        // the names that the server's NativeLibraryProvider builds
        String platform = (mac ? "darwin-" : "linux-") + (arm ? "aarch64" : "x64");
        this.folder = home.resolve("lib").resolve("platform").resolve(platform);
        this.extension = mac ? ".dylib" : ".so";
    }

    /** Copies the system's zstd; false if it has none. */
    boolean addZstd() throws IOException {
        Optional<Path> found =
                FOLDERS.stream()
                        .flatMap(f -> ZSTD.stream().map(z -> Path.of(f, z)))
                        .filter(Files::isReadable)
                        .findFirst();
        if (found.isPresent()) {
            Files.createDirectories(folder);
            Files.copy(found.get(), folder.resolve("libzstd" + extension));
        }
        return found.isPresent();
    }

    /** Compiles libvec; false if there is no C compiler. */
    boolean addVec() throws IOException {
        Files.createDirectories(folder);
        Path library = folder.resolve("libvec" + extension);
        Path log = folder.resolve("cc.log");
        try {
            Process compiler =
                    new ProcessBuilder(
                                    "cc",
                                    "-x",
                                    "c",
                                    "-shared",
                                    "-fPIC",
                                    "-o",
                                    library.toString(),
                                    "-")
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            try (OutputStream source = compiler.getOutputStream()) {
                source.write(LIBVEC.getBytes(StandardCharsets.US_ASCII));
            }
            return compiler.waitFor(1, TimeUnit.MINUTES) && compiler.exitValue() == 0;
        } catch (IOException e) {
            return false; // no compiler on the path
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compiling [" + library + "]", e);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "").toLowerCase(Locale.ROOT);
    }
}
