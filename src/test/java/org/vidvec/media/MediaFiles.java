package org.vidvec.media;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.natives.NativeLibraries;

/**
 * The media files of the tests with their reference numbers: {@code media/manifest.json} and the
 * files beside it, and the demo's clips under {@code demo/}.
 */
public final class MediaFiles {

    private static final Path ROOT = root();
    private static final Manifest MANIFEST = manifest();

    private MediaFiles() {}

    record Manifest(List<Video> videos, List<Image> images, List<Bad> bad) {}

    /** A video and its frames as PyAV decodes them. */
    record Video(
            String file,
            String container,
            String codec,
            int width,
            int height,
            @SerializedName("frame_count") int frameCount,
            Frames frames) {
        @Override
        public String toString() {
            return file;
        }
    }

    record Frames(
            @SerializedName("last_time") double lastTime,
            Sampled linspace8,
            @SerializedName("one_fps") Sampled oneFps) {}

    record Sampled(int[] index, double[] time, @SerializedName("mean_rgb") double[][] meanRgb) {}

    record Image(
            String file,
            String mode,
            @SerializedName("upright_width") int width,
            @SerializedName("upright_height") int height,
            Reference reference) {}

    record Reference(@SerializedName("mean_rgb") double[] meanRgb) {}

    /** A damaged, hostile or unusual file and what a good reader does with it. */
    record Bad(String file, String kind, String expect, String why) {}

    static Manifest all() {
        return MANIFEST;
    }

    static Video video(String file) {
        return MANIFEST.videos.stream()
                .filter(v -> v.file.endsWith("/" + file))
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param file as the manifest names it
     */
    public static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(path(file));
    }

    static Path path(String file) {
        return file.startsWith("demo/")
                ? Path.of(System.getProperty("vidvec.demo.dir"), file.substring("demo/".length()))
                : ROOT.resolve(file);
    }

    static BytesSource source(String file) throws IOException {
        return new BytesSource(file.substring(file.lastIndexOf('/') + 1), bytes(file));
    }

    /** The natives that the build unpacked. */
    public static NativeLibraries natives() {
        return new NativeLibraries(Path.of(System.getProperty("vidvec.native.dir")));
    }

    private static Path root() {
        try {
            return Path.of(MediaFiles.class.getResource("/media").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Manifest manifest() {
        try (Reader reader = Files.newBufferedReader(ROOT.resolve("manifest.json"))) {
            return new Gson().fromJson(reader, Manifest.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
