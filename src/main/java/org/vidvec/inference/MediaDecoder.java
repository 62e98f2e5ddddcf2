package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.FrameStrip;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaSource;
import org.vidvec.model.Content;

/** Items of a call into contents of a model, on the thread that asks. */
final class MediaDecoder {

    private final MediaBackend backend;
    private final FrameStrip strips;
    private final MediaLimits limits;
    private final DecodeMeter meter;
    private final LongSupplier nanoTime;

    MediaDecoder(
            MediaBackend backend,
            FrameStrip strips,
            MediaLimits limits,
            DecodeMeter meter,
            LongSupplier nanoTime) {
        this.backend = backend;
        this.strips = strips;
        this.limits = limits;
        this.meter = meter;
        this.nanoTime = nanoTime;
    }

    /** Contents without media, which need no memory to speak of. */
    static Decoded texts(List<InputItem> items) {
        List<Content> contents = new ArrayList<>();
        for (InputItem item : items) {
            contents.add(new Content.Text(((InputItem.Text) item).value()));
        }
        return new Decoded(List.copyOf(contents), null, null);
    }

    /**
     * Decodes all items of a task.
     *
     * @param frames taken over by the result
     * @throws MediaException if one of them can't be used
     * @throws InferenceException BAD_INPUT if one is not of the type that the caller named
     */
    Decoded decode(DecodeTask task, FrameBudget.Reservation frames)
            throws MediaException, InferenceException {
        List<Content> contents = new ArrayList<>();
        EmbedResult.Media facts = null;
        long bytes = 0;
        for (InputItem item : task.items()) {
            switch (item) {
                case InputItem.Text text -> contents.add(new Content.Text(text.value()));
                case InputItem.Frames kept -> {
                    Clip clip = unpack(kept);
                    bytes += bytes(clip);
                    contents.addAll(Content.of(clip));
                    facts = facts == null ? facts(clip, null, task) : facts;
                }
                case InputItem.Media media -> {
                    MediaSource source = new AbandonableSource(media.source(), task::abandoned);
                    Clip clip = read(source, task);
                    bytes += bytes(clip);
                    requireKind(media, clip.info());
                    contents.addAll(Content.of(clip));
                    facts = facts == null ? facts(clip, SourceDigest.sha256(source), task) : facts;
                    readWindows(source, clip.info(), task, frames, bytes);
                }
            }
        }
        frames.settle(bytes);
        return new Decoded(List.copyOf(contents), facts, frames);
    }

    private Clip read(MediaSource source, DecodeTask task) throws MediaException {
        long start = nanoTime.getAsLong();
        try {
            Clip clip = backend.read(source, task.sampling(), limits);
            meter.decoded(clip, nanoTime.getAsLong() - start);
            return clip;
        } catch (MediaException e) {
            if (!task.abandoned()) {
                meter.failed(e.reason());
            }
            throw e;
        }
    }

    private void readWindows(
            MediaSource source,
            MediaInfo info,
            DecodeTask task,
            FrameBudget.Reservation frames,
            long bytes)
            throws MediaException {
        WindowPass pass = task.windows();
        if (pass == null || pass.isFor(info) == false) {
            return;
        }
        frames.settle(bytes + 1024L * WindowPass.LARGEST_KIB);
        backend.windows(
                source, pass.request(task.sampling()), limits, window -> pass.take(info, window));
    }

    private Clip unpack(InputItem.Frames kept) throws MediaException {
        try {
            return strips.decode(kept.strip());
        } catch (MediaException e) {
            throw new MediaException(
                    e.reason(),
                    "could not read the frames in [" + kept.name() + "]: " + e.getMessage(),
                    e);
        }
    }

    private EmbedResult.Media facts(Clip clip, String sha256, DecodeTask task)
            throws MediaException {
        byte[] strip = task.keepFrames() ? strips.encode(clip) : null;
        return new EmbedResult.Media(clip.info(), sha256, clip.frames().size(), strip);
    }

    private static void requireKind(InputItem.Media media, MediaInfo info)
            throws InferenceException {
        if (media.kind().toString().equals(info.kind()) == false) {
            throw new InferenceException(
                    InferenceException.Kind.BAD_INPUT,
                    "["
                            + media.source().name()
                            + "] is of type ["
                            + info.kind()
                            + "] (codec ["
                            + info.codec()
                            + "]), not ["
                            + media.kind()
                            + "]; set its [type] to ["
                            + info.kind()
                            + "]");
        }
    }

    private static long bytes(Clip clip) {
        long bytes = 0;
        for (Frame frame : clip.frames()) {
            bytes += frame.rgb().length;
        }
        return bytes;
    }
}
