package org.vidvec.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds media by what annotations call them: a path, or a name with or without an ending. A folder
 * of {@link NumberedPictures} is a medium too, found by its name.
 */
final class MediaFiles {

    private static final Set<String> ENDINGS =
            Set.of(
                    "mp4", "m4v", "mov", "webm", "mkv", "avi", "ts", "mpg", "mpeg", "flv", "3gp",
                    "wmv", "gif", "webp", "png", "jpg", "jpeg", "bmp", "tif", "tiff", "pdf");

    private final Path folder;
    private final Map<String, Path> byName = new HashMap<>();
    private final Map<String, Path> folders = new HashMap<>();

    /**
     * Looks through a folder and all below it.
     *
     * @throws DatasetException if it can't be read
     */
    MediaFiles(Path folder) throws DatasetException {
        this.folder = folder;
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(f -> ENDINGS.contains(ending(f))).sorted().forEach(this::add);
        } catch (IOException e) {
            throw new DatasetException("can't look through [" + folder + "]: " + e, e);
        }
    }

    private void add(Path file) {
        String name = SetFolder.name(file);
        byName.putIfAbsent(name, file);
        byName.putIfAbsent(name.substring(0, name.lastIndexOf('.')), file);
        Path parent = file.getParent();
        if (NumberedPictures.isOne(file) && parent.equals(folder) == false) {
            folders.putIfAbsent(SetFolder.name(parent), parent);
        }
    }

    private static String ending(Path file) {
        String name = SetFolder.name(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private boolean isVideo(Path place) {
        return place.equals(folder.normalize()) == false && NumberedPictures.isVideo(place);
    }

    Path folder() {
        return folder;
    }

    /** The file, or the folder of its frames; null if it is not there. */
    Path find(String name) {
        Path below = folder.resolve(name).normalize();
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (below.startsWith(folder.normalize())
                && (Files.isRegularFile(below)
                        || below.equals(folders.get(last))
                        || isVideo(below))) {
            return below;
        }
        return byName.containsKey(last) ? byName.get(last) : folders.get(last);
    }
}
