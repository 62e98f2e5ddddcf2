package org.vidvec.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The plugin's zip, unpacked once per build beside it, and put into a home as Elasticsearch's
 * installer does: {@code bin} and {@code config} move to the home's own folders.
 */
final class InstalledPlugin {

    private static final String NAME = "vidvec";

    private final Path unpacked;

    private InstalledPlugin(Path unpacked) {
        this.unpacked = unpacked;
    }

    /** Unpacks {@code zip} unless this very build of it is already unpacked. */
    static InstalledPlugin of(Path zip) throws IOException {
        String build = Files.getLastModifiedTime(zip).toMillis() + "-" + Files.size(zip);
        Path folder = zip.resolveSibling("plugin-unpacked-" + build);
        if (Files.isDirectory(folder) == false) {
            deleteOthers(zip.getParent());
            Path fresh = Files.createTempDirectory(zip.getParent(), "plugin-unpacking-");
            unzip(zip, fresh);
            // others than the one who builds must be able to read it: a node started by root
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new InstalledPlugin(folder);
    }

    /** Puts the plugin into {@code home}, in place of an older one. */
    void into(Path home) throws IOException {
        Path plugin = home.resolve("plugins").resolve(NAME);
        FileTrees.delete(plugin);
        FileTrees.link(unpacked, plugin);
        Path programs = home.resolve("bin").resolve(NAME);
        moveOut(plugin.resolve("bin"), programs);
        makeExecutable(programs);
        moveOut(plugin.resolve("config"), home.resolve("config").resolve(NAME));
    }

    private static void moveOut(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            FileTrees.copy(from, to);
            FileTrees.delete(from);
        }
    }

    private static void makeExecutable(Path programs) throws IOException {
        try (DirectoryStream<Path> each = Files.newDirectoryStream(programs)) {
            for (Path program : each) {
                if (program.toFile().setExecutable(true, false) == false) {
                    throw new IOException("can't make [" + program + "] executable");
                }
            }
        }
    }

    private static void deleteOthers(Path folder) throws IOException {
        List<Path> old;
        try (Stream<Path> entries = Files.list(folder)) {
            old =
                    entries.filter(e -> e.getFileName().toString().startsWith("plugin-unpacked-"))
                            .toList();
        }
        for (Path each : old) {
            FileTrees.delete(each);
        }
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                Path to = folder.resolve(entry.getName()).normalize();
                if (to.startsWith(folder) == false) {
                    throw new IOException(
                            "zip [" + zip + "] has an entry outside of it [" + entry + "]");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        }
    }
}
