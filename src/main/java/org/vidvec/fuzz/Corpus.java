package org.vidvec.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.vidvec.media.BytesSource;
import org.vidvec.media.Excerpt;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.natives.NativeLibraries;

/**
 * The real files that inputs are made of, in the order of their names.
 *
 * @param files as they are
 * @param excerpts a few frames of each video with headers and index of their own, or the first
 *     bytes of another file: quick to decode
 */
record Corpus(List<Item> files, List<Item> excerpts) {

    private static final int EXCERPT_PACKETS = 10;
    // most pictures and documents of the set are smaller: whole
    private static final int HEAD_BYTES = 256 << 10;

    // a damaged document is searched through many times over
    private static final int PAGES_BYTES = 48 << 10;

    private static final long LARGEST_FILE = 4L << 20;

    /** A file or a part of one. */
    record Item(String name, byte[] bytes) {}

    /**
     * @param folder with media at any depth
     * @throws IOException if it can't be read
     * @throws MediaException if FFmpeg is missing
     */
    static Corpus of(Path folder, NativeLibraries natives) throws IOException, MediaException {
        List<Item> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file :
                    (Iterable<Path>) found.filter(Files::isRegularFile).sorted()::iterator) {
                long size = Files.size(file);
                if (size > 0 && size <= LARGEST_FILE) {
                    String name = folder.relativize(file).toString();
                    files.add(new Item(name, Files.readAllBytes(file)));
                }
            }
        }
        Excerpt excerpt = new Excerpt(natives, MediaLimits.DEFAULT);
        List<Item> excerpts = new ArrayList<>();
        for (Item file : files) {
            excerpts.add(excerpt(file, excerpt));
        }
        return new Corpus(List.copyOf(files), List.copyOf(excerpts));
    }

    private static Item excerpt(Item file, Excerpt excerpt) throws MediaException {
        byte[] bytes = null;
        try {
            bytes = excerpt.of(new BytesSource(file.name, file.bytes), EXCERPT_PACKETS);
        } catch (MediaException e) {
            // a bad file or none that FFmpeg reads: its head will do
            if (e.reason() == MediaException.Reason.DECODER) {
                throw e;
            }
        }
        boolean whole = bytes == null || bytes.length == 0 || bytes.length > file.bytes.length;
        int most = Math.min(file.bytes.length, isDocument(file.bytes) ? PAGES_BYTES : HEAD_BYTES);
        return new Item(file.name, whole ? Arrays.copyOf(file.bytes, most) : bytes);
    }

    private static boolean isDocument(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == '%' && bytes[1] == 'P' && bytes[2] == 'D';
    }
}
