package org.vidvec.node;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Whole folders at a time. */
final class FileTrees {

    private FileTrees() {}

    /** Deletes a folder and all that is in it; does nothing if it is not there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder) == false) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException failure)
                            throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /**
     * Makes {@code to} hold the same files as {@code from}, sharing their bytes by hard links where
     * the file system can: a node's home costs no space, and a later build, which makes new files,
     * does not change a running node's. What else is in {@code to} stays.
     */
    static void link(Path from, Path to) throws IOException {
        each(from, to, FileTrees::linkFile);
    }

    /** Copies a folder over another; what else is in {@code to} stays. */
    static void copy(Path from, Path to) throws IOException {
        each(from, to, (a, b) -> Files.copy(a, b, StandardCopyOption.REPLACE_EXISTING));
    }

    private interface FileAction {
        void apply(Path from, Path to) throws IOException;
    }

    private static void each(Path from, Path to, FileAction action) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a)
                            throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(dir)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        action.apply(file, to.resolve(from.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void linkFile(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(from, to);
        }
    }
}
