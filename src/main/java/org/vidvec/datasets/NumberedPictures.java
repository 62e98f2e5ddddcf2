package org.vidvec.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pictures whose names end with a number: a folder of them is a video whose frames they are, as
 * LLaVA-Hound releases its videos ({@code c01_0001.jpeg}).
 */
public final class NumberedPictures {

    private static final Pattern NAME =
            Pattern.compile(".*\\d\\.(?:jpe?g|png|webp|bmp)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Digits of the longest number that is told from others. */
    private static final int DIGITS = 20;

    private NumberedPictures() {}

    /** Whether a file is one, by its name. */
    static boolean isOne(Path file) {
        return NAME.matcher(SetFolder.name(file)).matches();
    }

    /**
     * Those directly in a folder, by name: {@code frame_9} comes before {@code frame_10}.
     *
     * @return none for what is no folder
     * @throws IOException if it can't be listed
     */
    public static List<Path> in(Path folder) throws IOException {
        if (Files.isDirectory(folder) == false) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(NumberedPictures::isOne)
                    .sorted(Comparator.comparing(NumberedPictures::place))
                    .toList();
        }
    }

    /** Whether a folder has any. */
    public static boolean isVideo(Path folder) {
        try {
            return in(folder).isEmpty() == false;
        } catch (IOException e) {
            return false;
        }
    }

    /** The name with its numbers at one length. */
    private static String place(Path file) {
        return NUMBER.matcher(SetFolder.name(file))
                .replaceAll(n -> "0".repeat(Math.max(0, DIGITS - n.group().length())) + n.group());
    }
}
