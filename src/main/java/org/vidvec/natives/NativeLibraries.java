package org.vidvec.natives;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The native libraries that the plugin zip carries for this platform, each stack ({@code torch},
 * {@code tokenizers}, {@code ffmpeg}) in a folder of its own.
 */
public final class NativeLibraries {

    private final Path folder;

    /**
     * @param folder the platform's folder, for example {@code plugins/vidvec/native/linux-x86_64};
     *     need not exist
     */
    public NativeLibraries(Path folder) {
        this.folder = folder;
    }

    /** Name of this platform's folder: {@code linux-x86_64}, {@code macosx-aarch64} and so on. */
    public static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String family =
                os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : "linux";
        return family + "-" + (arch.equals("amd64") ? "x86_64" : arch);
    }

    /** Where a stack's libraries lie. */
    public Path folder(String stack) {
        return folder.resolve(stack);
    }
}
