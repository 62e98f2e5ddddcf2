package org.vidvec.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;

/**
 * Folders of a run that are there whole, old or new, whatever happens while they are written. One
 * name can't be given to another folder in a single operation, so a crash may leave it to none;
 * both lie whole beside it then, and {@link #settle} gives it to the new one.
 */
final class WholeFolder {

    private static final System.Logger LOGGER = System.getLogger(WholeFolder.class.getName());
    private static final String PART = ".part";
    private static final String OLD = ".old";

    private WholeFolder() {}

    /** Writes files into a folder that nobody reads yet. */
    @FunctionalInterface
    interface Writer {
        void write(Path folder) throws IOException, EngineException, CheckpointException;
    }

    /**
     * Writes a folder anew, in place of all that was in it.
     *
     * @throws IOException if it can't be written, for example because the disk is full; it is as it
     *     was then
     */
    static void write(Path folder, Writer writer)
            throws IOException, EngineException, CheckpointException {
        settle(folder);
        Path fresh = beside(folder, PART);
        try {
            Files.createDirectories(fresh);
            writer.write(fresh);
            // on disk before it gets the name
            for (Path each : inside(fresh)) {
                force(each);
            }
            replace(folder, fresh);
        } catch (IOException | EngineException | CheckpointException | RuntimeException e) {
            discard(fresh);
            throw e;
        }
        discard(beside(folder, OLD));
    }

    private static void replace(Path folder, Path fresh) throws IOException {
        Path old = beside(folder, OLD);
        if (isThere(folder)) {
            Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (isThere(old)) {
                Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        force(folder.toAbsolutePath().getParent());
    }

    /**
     * Ends what a crash has interrupted, and removes what it left.
     *
     * @throws IOException if that can't be done
     */
    static void settle(Path folder) throws IOException {
        Path fresh = beside(folder, PART);
        Path old = beside(folder, OLD);
        if (isThere(old) && isThere(folder) == false) {
            // the old one is moved when the new one is whole
            Path whole = isThere(fresh) ? fresh : old;
            Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        delete(fresh);
        delete(old);
    }

    /**
     * Deletes a folder, if it is there, with all that is in it; what links lead to stays.
     *
     * @throws IOException if that can't be done
     */
    static void delete(Path folder) throws IOException {
        if (isThere(folder)) {
            for (Path each : inside(folder)) {
                Files.delete(each);
            }
        }
    }

    /** Gives its room back, if that can be done; what is left of it is taken for nothing. */
    private static void discard(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "can''t delete [{0}]: {1}", folder, e);
        }
    }

    private static boolean isThere(Path folder) {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path beside(Path folder, String ending) {
        return folder.resolveSibling(folder.getFileName() + ending);
    }

    /** A folder and all in it, the innermost first. */
    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
