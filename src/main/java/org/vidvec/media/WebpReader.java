package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Reads animated WebP: FFmpeg decodes each picture, and this class draws one over the other.
 * Transparent places keep the colour that is stored below them, as Pillow's {@code convert("RGB")}
 * has it.
 */
final class WebpReader {

    private static final double SECONDS_PER_TICK = 1e-3;
    private static final int MOST_PARTS = 1 << 20;

    private final MediaSource source;
    private final Sampling sampling;
    private final MediaLimits limits;
    private final Deadline deadline;
    private Transparency transparency = Transparency.NONE;

    WebpReader(MediaSource source, Sampling sampling, MediaLimits limits, Deadline deadline) {
        this.source = source;
        this.sampling = sampling;
        this.limits = limits;
        this.deadline = deadline;
    }

    /**
     * @return a video, or an image if there is one picture only
     */
    Clip read() throws MediaException {
        Refusals.checkCodec(source.name(), "webp", true, limits);
        WebpAnimation animation = WebpAnimation.of(source, MOST_PARTS, deadline);
        new StoredSize(animation.width(), animation.height()).check(source.name(), limits);
        Timeline timeline = new Timeline(SECONDS_PER_TICK);
        long millis = 0;
        for (WebpAnimation.Part part : animation.parts()) {
            timeline.add(millis);
            millis += part.millis();
            timeline.checkLength(source.name(), millis, limits);
        }
        List<Frame> frames = frames(animation, timeline);
        boolean still = animation.parts().size() == 1;
        double seconds = still ? 0 : millis * SECONDS_PER_TICK;
        return new Clip(
                new MediaInfo(
                        still ? "image" : "video",
                        "webp",
                        "webp",
                        animation.width(),
                        animation.height(),
                        seconds,
                        seconds > 0 ? timeline.size() / seconds : 0,
                        transparency),
                frames);
    }

    private List<Frame> frames(WebpAnimation animation, Timeline timeline) throws MediaException {
        int[] wanted = FramePlan.within(sampling, timeline, source.name(), limits);
        List<Frame> frames = new ArrayList<>();
        PictureMemory memory = new PictureMemory(source.name(), limits, wanted.length);
        memory.reserve(4L * animation.width() * animation.height());
        Canvas canvas = new Canvas(animation.width(), animation.height());
        try (PictureDecoder decoder = new PictureDecoder(AV_CODEC_ID_WEBP, limits.maxPixels());
                Scaler scaler = new Scaler(SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
                RgbConverter converter =
                        new RgbConverter(
                                source.name(),
                                memory,
                                RgbConverter.Rounding.STILL,
                                Display.AS_STORED)) {
            for (int i = 0; frames.size() < wanted.length; i++) {
                deadline.check();
                WebpAnimation.Part part = animation.parts().get(i);
                byte[] picture = animation.holds(part) ? picture(part, decoder, scaler) : null;
                if (picture == null && frames.isEmpty()) {
                    throw Refusals.corrupt(source.name(), "a picture in it is damaged");
                }
                if (picture == null) {
                    return frames;
                }
                canvas.draw(picture, part);
                if (wanted[frames.size()] == i) {
                    frames.add(frame(canvas, animation, converter, i, timeline.seconds(i)));
                }
                if (part.disposes()) {
                    canvas.clear(part);
                }
            }
        }
        if (frames.isEmpty()) {
            throw Refusals.corrupt(source.name(), "it holds no whole picture");
        }
        return frames;
    }

    /**
     * @return [part height, part width, 4], or null if it is damaged
     */
    private byte[] picture(WebpAnimation.Part part, PictureDecoder decoder, Scaler scaler)
            throws MediaException {
        byte[] file;
        try {
            file = WebpAnimation.still(source, part);
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
        AVFrame decoded = decoder.decode(file);
        if (decoded == null
                || decoded.width() != part.width()
                || decoded.height() != part.height()) {
            return null;
        }
        try (RgbPicture rgba = new RgbPicture(part.width(), part.height(), AV_PIX_FMT_RGBA)) {
            return scaler.scale(decoded, rgba.frame()) ? rgba.bytes() : null;
        }
    }

    private Frame frame(
            Canvas canvas,
            WebpAnimation animation,
            RgbConverter converter,
            int index,
            double seconds)
            throws MediaException {
        if (!canvas.opaque()) {
            transparency = Transparency.DROPPED;
        }
        try (RgbPicture rgb = RgbPicture.of(canvas.rgb(), animation.width(), animation.height())) {
            return converter.convert(rgb.frame(), index, seconds);
        }
    }
}
