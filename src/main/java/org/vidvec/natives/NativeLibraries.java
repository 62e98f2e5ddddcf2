package org.vidvec.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The native libraries that the plugin zip carries for this platform, each stack ({@code torch},
 * {@code tokenizers}, {@code ffmpeg}) in a folder of its own beside a list of checksums.
 */
public final class NativeLibraries {

    /** Names the platform's folder in tests and on the command line. */
    public static final String FOLDER_PROPERTY = "vidvec.native.dir";

    // a truncated library kills the JVM with SIGBUS, so each is checked, but not twice
    private static final Map<Path, Boolean> VERIFIED = new ConcurrentHashMap<>();

    private final Path folder;

    /**
     * @param folder the platform's folder, for example {@code plugins/vidvec/native/linux-x86_64};
     *     need not exist
     */
    public NativeLibraries(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * The libraries of an installed plugin, unless {@link #FOLDER_PROPERTY} names others.
     *
     * @param plugin the plugin's folder, with {@code native/<platform>} in it
     */
    public static NativeLibraries inPlugin(Path plugin) {
        String named = System.getProperty(FOLDER_PROPERTY);
        return new NativeLibraries(
                named == null ? plugin.resolve("native").resolve(platform()) : Path.of(named));
    }

    /**
     * The libraries that {@link #FOLDER_PROPERTY} names.
     *
     * @throws NativeLibraryException if the property is not set
     */
    public static NativeLibraries fromSystemProperty() throws NativeLibraryException {
        String named = System.getProperty(FOLDER_PROPERTY);
        if (named == null) {
            throw new NativeLibraryException(
                    "the system property ["
                            + FOLDER_PROPERTY
                            + "] is not set; it must name the folder with the native libraries of"
                            + " platform ["
                            + platform()
                            + "]; start through the script [vidvec]");
        }
        return new NativeLibraries(Path.of(named));
    }

    /** Name of this platform's folder: {@code linux-x86_64}, {@code macosx-aarch64} and so on. */
    public static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String family =
                os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : "linux";
        return family + "-" + (arch.equals("amd64") ? "x86_64" : arch);
    }

    /** Whether there are any for this platform; whole or not shows when they are loaded. */
    public boolean areThere() {
        return Files.isDirectory(folder);
    }

    /** Where a stack's libraries lie. */
    public Path folder(String stack) {
        return folder.resolve(stack);
    }

    /**
     * Checks every file of a stack against the list made at build time, once per JVM. Reads each
     * file whole: half a gigabyte for libtorch.
     *
     * @throws NativeLibraryException if the folder is missing or a file is not the one that was
     *     packed
     */
    public void verify(String stack) throws NativeLibraryException {
        Path files = folder(stack);
        if (VERIFIED.containsKey(files)) {
            return;
        }
        if (Files.isDirectory(files) == false) {
            throw new NativeLibraryException(
                    "no native libraries ["
                            + stack
                            + "] for platform ["
                            + folder.getFileName()
                            + "] in ["
                            + folder.getParent()
                            + "]; there are "
                            + platformsThere()
                            + "; run this on a platform that is there, or build the plugin with"
                            + " [-Dnative.platform="
                            + folder.getFileName()
                            + "]");
        }
        ChecksumList.read(files.resolve(ChecksumList.FILE_NAME)).check(files);
        VERIFIED.put(files, true);
    }

    /**
     * Sets each system property that nobody has set; must run before the library that reads it.
     * Inside a node only the names of the entitlement policy take effect.
     */
    public static void setIfAbsent(Map<String, String> properties) {
        properties.forEach(
                (name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    private String platformsThere() {
        try (Stream<Path> platforms = Files.list(folder.getParent())) {
            return platforms
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .collect(Collectors.toList())
                    .toString();
        } catch (IOException e) {
            return "[]";
        }
    }
}
