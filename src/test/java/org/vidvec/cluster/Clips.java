package org.vidvec.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The clips that the cluster tests ingest: 29 good ones of mixed codecs, and a text. */
final class Clips {

    /** A text with the name of a video. */
    static final Path TEXT = bad("text.mp4");

    private static final List<String> ODD =
            List.of(
                    "vfr.mp4",
                    "rotated-90.mp4",
                    "odd-33x17.mp4",
                    "hevc-10bit.mp4",
                    "alpha-vp9.webm",
                    "interlaced-tff.ts",
                    "bframes-in-avi.avi",
                    "start-at-3600.ts",
                    "attachments.mkv");

    private Clips() {}

    /** Twelve of H.264, VP8, AV1 and MPEG-4 in MP4, Matroska, WebM, AVI and TS. */
    static List<Path> demo() throws IOException {
        return list(Path.of(System.getProperty("vidvec.demo.dir")));
    }

    /** All 29: the demo's, those of the decoding tests, and odd ones. */
    static List<Path> good() throws IOException {
        List<Path> clips = new ArrayList<>(demo());
        clips.addAll(list(media().resolve("video")));
        ODD.forEach(name -> clips.add(bad(name)));
        return clips;
    }

    static String base64(Path clip) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(clip));
    }

    /** The name without its suffix. */
    static String id(Path clip) {
        String name = clip.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // FFmpeg can't decode animated WebP
            return files.filter(file -> isVideo(file.getFileName().toString())).sorted().toList();
        }
    }

    private static boolean isVideo(String name) {
        return name.toLowerCase(Locale.ROOT).matches(".*\\.(mp4|mkv|webm|avi|ts|gif)");
    }

    private static Path bad(String name) {
        return media().resolve("bad").resolve(name);
    }

    private static Path media() {
        return Path.of(System.getProperty("vidvec.project.dir"), "src/test/resources/media");
    }
}
