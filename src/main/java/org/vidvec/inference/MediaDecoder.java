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
     * Decodes all items of a task. Of candidates those that can't be used are left out.
     *
     * @param frames taken over by the result
     * @throws MediaException if one of them can't be used
     * @throws InferenceException BAD_INPUT if one is not of the type that the caller named, or
     *     their frames do not fit together
     */
    Decoded decode(DecodeTask task, FrameBudget.Reservation frames)
            throws MediaException, InferenceException {
        List<Content> contents = new ArrayList<>();
        EmbedResult.Media facts = null;
        long bytes = 0;
        for (int i = 0; i < task.items().size(); i++) {
            InputItem item = task.items().get(i);
            if (item instanceof InputItem.Text text) {
                contents.add(new Content.Text(text.value()));
                continue;
            }
            Clip clip = task.isOfCandidates() ? candidate(task, i) : clip(item, task);
            if (clip == null) {
                continue;
            }
            bytes = frames.add(bytes(clip));
            contents.addAll(Content.of(clip));
            if (facts == null && task.tellsFacts()) {
                facts = facts(item, clip, task);
            }
            readWindows(item, clip.info(), task, frames, bytes);
        }
        frames.settle(bytes);
        return new Decoded(List.copyOf(contents), facts, frames);
    }

    /** Null where it can't be used. */
    private Clip candidate(DecodeTask task, int item) {
        try {
            Clip clip = clip(task.items().get(item), task);
            if (Content.of(clip).size() == 1) {
                return clip;
            }
            task.leaveOut(
                    item,
                    new InferenceException(
                            InferenceException.Kind.BAD_INPUT,
                            "it has several pages, which [mode] [listwise] can't compare with"
                                    + " others; set [mode] to [pointwise]"));
        } catch (MediaException | InferenceException e) {
            task.leaveOut(item, Failures.of(e, "decode media"));
        }
        return null;
    }

    private Clip clip(InputItem item, DecodeTask task) throws MediaException, InferenceException {
        if (item instanceof InputItem.Frames kept) {
            return unpack(kept);
        }
        InputItem.Media media = (InputItem.Media) item;
        Clip clip = read(source(media, task), task);
        requireKind(media, clip.info());
        return clip;
    }

    private static MediaSource source(InputItem.Media media, DecodeTask task) {
        return new AbandonableSource(media.source(), task::abandoned);
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
            InputItem item,
            MediaInfo info,
            DecodeTask task,
            FrameBudget.Reservation frames,
            long bytes)
            throws MediaException {
        WindowPass pass = task.windows();
        if (pass == null || pass.isFor(info) == false || item instanceof InputItem.Media == false) {
            return;
        }
        frames.settle(bytes + 1024L * WindowPass.LARGEST_KIB);
        backend.windows(
                source((InputItem.Media) item, task),
                pass.request(task.sampling()),
                limits,
                window -> pass.take(info, window));
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

    private EmbedResult.Media facts(InputItem item, Clip clip, DecodeTask task)
            throws MediaException {
        String sha256 =
                item instanceof InputItem.Media media
                        ? SourceDigest.sha256(source(media, task))
                        : null;
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
