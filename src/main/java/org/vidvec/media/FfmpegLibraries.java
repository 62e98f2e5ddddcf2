package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;

/** Loads FFmpeg once per process, from the folder that the plugin carries and from nowhere else. */
final class FfmpegLibraries {

    private static final Logger LOG = System.getLogger(FfmpegLibraries.class.getName());

    private static final String STACK = "ffmpeg";

    // no single buffer of FFmpeg is larger: a 4096 x 2304 frame of 16-bit RGBA takes 75 MB
    private static final long LARGEST_ALLOCATION = 512L << 20;

    private FfmpegLibraries() {}

    /**
     * Points JavaCPP at the folder and sets FFmpeg's process-wide limits.
     *
     * @throws MediaException if the libraries are missing, damaged or can't be loaded
     */
    static void load(NativeLibraries natives) throws MediaException {
        try {
            natives.verify(STACK);
            NativeLibraries.setIfAbsent(properties(natives.folder(STACK).toString()));
            Settings.apply();
        } catch (NativeLibraryException e) {
            throw new MediaException(Reason.DECODER, "FFmpeg is not available: " + e.getMessage());
        } catch (Throwable t) {
            // an Error must not travel on: the node would die of it
            LOG.log(Level.ERROR, "FFmpeg could not be loaded", t);
            throw new MediaException(
                    Reason.DECODER,
                    "FFmpeg could not be loaded from ["
                            + natives.folder(STACK)
                            + "]; see the node's log");
        }
    }

    private static Map<String, String> properties(String folder) {
        String javacpp = "org.bytedeco.javacpp.";
        return Map.of(
                javacpp + "platform.preloadpath",
                folder,
                javacpp + "platform.linkpath",
                folder,
                // look there first, extract nothing
                javacpp + "pathsFirst",
                "true",
                javacpp + "cacheLibraries",
                "false",
                // no deallocator thread (a plugin may not start any); every pointer is closed
                javacpp + "noPointerGC",
                "true",
                // otherwise JavaCPP holds the whole process, model weights included, against the
                // heap
                javacpp + "maxBytes",
                "0",
                javacpp + "maxPhysicalBytes",
                "0");
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
