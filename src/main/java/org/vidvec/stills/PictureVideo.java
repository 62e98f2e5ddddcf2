package org.vidvec.stills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.vidvec.datasets.NumberedPictures;
import org.vidvec.media.Clip;
import org.vidvec.media.FileSource;
import org.vidvec.media.Frame;
import org.vidvec.media.FramePlan;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;

/**
 * A folder of numbered pictures as a video. Nothing in it says when its frames were taken: one a
 * second is assumed. Frames that are spread evenly are the same at any rate.
 */
final class PictureVideo {

    private static final double FRAMES_PER_SECOND = 1;

    private final MediaBackend media;
    private final Path folder;
    private final List<Path> pictures;

    /** Of the frames, as the first that is read shows. */
    private MediaInfo first;

    private long bytes;

    /**
     * @throws MediaException if there is no picture in it
     */
    PictureVideo(MediaBackend media, Path folder) throws IOException, MediaException {
        this.media = media;
        this.folder = folder;
        this.pictures = NumberedPictures.in(folder);
        if (pictures.isEmpty()) {
            throw new MediaException(
                    Reason.NOT_MEDIA,
                    "folder [" + folder + "] has no pictures whose names end with a number");
        }
    }

    Clip read(Sampling sampling) throws IOException, MediaException {
        int[] wanted = wanted(sampling, pictures.size());
        List<Frame> frames = new ArrayList<>();
        for (int index : wanted) {
            frames.add(frame(index));
        }
        return new Clip(info(), frames);
    }

    /** Frames of overlapping windows are decoded once. */
    MediaInfo windows(WindowRequest request, Consumer<Window> taker)
            throws IOException, MediaException {
        if (request.windows() instanceof Windows.Sliding == false) {
            throw new MediaException(
                    Reason.UNSUPPORTED, "windows of the pictures in [" + folder + "] must slide");
        }
        Windows.Sliding sliding = (Windows.Sliding) request.windows();
        double all = pictures.size() / FRAMES_PER_SECOND;
        double count = Math.ceil((all - sliding.windowSeconds()) / sliding.strideSeconds()) + 1;
        if (count > request.maxWindows()) {
            throw overLimit((long) count + " windows", request.maxWindows());
        }
        Map<Integer, Frame> kept = new HashMap<>();
        double end = 0;
        for (int k = 0; end < all - 1e-6; k++) {
            double start = k * sliding.strideSeconds();
            end = Math.min(start + sliding.windowSeconds(), all);
            int from = (int) Math.min(start * FRAMES_PER_SECOND + 1e-6, pictures.size() - 1);
            int to = Math.max(from + 1, (int) Math.ceil(end * FRAMES_PER_SECOND - 1e-6));
            kept.keySet().removeIf(index -> index < from);
            List<Frame> frames = new ArrayList<>();
            for (int inside : wanted(request.sampling(), to - from)) {
                Frame frame = kept.get(from + inside);
                frame = frame == null ? frame(from + inside) : frame;
                kept.put(from + inside, frame);
                frames.add(frame);
            }
            bytes = kept.values().stream().mapToLong(f -> f.rgb().length).sum();
            taker.accept(new Window(start, end, frames));
        }
        return info();
    }

    private int[] wanted(Sampling sampling, int among) throws MediaException {
        int[] all = FramePlan.indices(sampling, among, FRAMES_PER_SECOND);
        int[] wanted = IntStream.of(all).distinct().toArray();
        if (wanted.length > MediaLimits.DEFAULT.maxFrames()) {
            throw overLimit(wanted.length + " frames", MediaLimits.DEFAULT.maxFrames());
        }
        return wanted;
    }

    private MediaException overLimit(String what, long limit) {
        return new MediaException(
                Reason.OVER_LIMIT,
                "folder [" + folder + "] gives [" + what + "], over the limit of [" + limit + "]");
    }

    private Frame frame(int index) throws IOException, MediaException {
        Path file = pictures.get(index);
        Clip one;
        try (FileSource source = new FileSource(file)) {
            one = media.read(source, new Sampling.Uniform(1), MediaLimits.DEFAULT);
        }
        Frame frame = one.frames().get(0);
        first = first == null ? one.info() : first;
        if (one.info().width() != first.width() || one.info().height() != first.height()) {
            throw new MediaException(
                    Reason.UNSUPPORTED,
                    "["
                            + file
                            + "] has ["
                            + one.info().width()
                            + "x"
                            + one.info().height()
                            + "] pixels, others of its folder ["
                            + first.width()
                            + "x"
                            + first.height()
                            + "]; frames of a video must be of one size");
        }
        bytes += frame.rgb().length;
        if (bytes > MediaLimits.DEFAULT.maxMemory()) {
            throw overLimit(bytes + " bytes of frames", MediaLimits.DEFAULT.maxMemory());
        }
        return new Frame(
                index, index / FRAMES_PER_SECOND, frame.width(), frame.height(), frame.rgb());
    }

    private MediaInfo info() {
        return new MediaInfo(
                "video",
                "pictures",
                first.codec(),
                first.width(),
                first.height(),
                pictures.size() / FRAMES_PER_SECOND,
                FRAMES_PER_SECOND,
                first.transparency());
    }
}
