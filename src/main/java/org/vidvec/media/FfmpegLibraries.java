package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;

import org.bytedeco.javacpp.Loader;
import org.vidvec.natives.NativeLibraries;

/** Loads FFmpeg once per process, from the folder that the plugin carries and from nowhere else. */
final class FfmpegLibraries {

    // no single buffer of FFmpeg is larger: a 4096 x 2304 frame of 16-bit RGBA takes 75 MB
    private static final long LARGEST_ALLOCATION = 512L << 20;

    private FfmpegLibraries() {}

    /**
     * Points JavaCPP at the folder and sets FFmpeg's process-wide limits.
     *
     * @throws LinkageError if the libraries can't be loaded
     */
    static void load(NativeLibraries natives) {
        String folder = natives.folder("ffmpeg").toString();
        setIfAbsent("platform.preloadpath", folder);
        setIfAbsent("platform.linkpath", folder);
        setIfAbsent("pathsFirst", "true");
        setIfAbsent("cacheLibraries", "false");
        // no deallocator thread (a plugin may not start threads); every pointer is closed instead
        setIfAbsent("noPointerGC", "true");
        // otherwise JavaCPP measures the whole process, model weights included, against the heap
        setIfAbsent("maxBytes", "0");
        setIfAbsent("maxPhysicalBytes", "0");
        Settings.apply();
    }

    private static void setIfAbsent(String name, String value) {
        String property = "org.bytedeco.javacpp." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Its initialiser runs once, after the properties are set. */
    private static final class Settings {
        static {
            Loader.load(org.bytedeco.ffmpeg.global.swscale.class);
            Loader.load(org.bytedeco.ffmpeg.global.avformat.class);
            // messages would go to standard error and may quote the file
            av_log_set_level(AV_LOG_QUIET);
            av_max_alloc(LARGEST_ALLOCATION);
        }

        static void apply() {}
    }
}
