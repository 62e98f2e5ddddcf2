package org.vidvec.world;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vidvec.media.MediaException;
import org.vidvec.media.WebmWriter;
import org.vidvec.natives.NativeLibraries;

/** Writes a part of the world as files, with a {@code manifest.json} that says what is in them. */
public final class WorldFiles {

    public static final String MANIFEST = "manifest.json";

    static final int FRAMES_PER_SECOND = 10;
    private static final double CLIP_SECONDS = 3;

    /** One image in three shows words, a chart or a table. */
    private static final int PICTURES_PER_SIGN = 3;

    private final NativeLibraries natives;
    private final WorldOrder order;
    private final Path folder;
    private final Runnable written;
    private final WorldManifest manifest;

    /**
     * @param written told after each file
     */
    public WorldFiles(NativeLibraries natives, WorldOrder order, Path folder, Runnable written) {
        this.natives = natives;
        this.order = order;
        this.folder = folder;
        this.written = written;
        this.manifest = new WorldManifest(order);
    }

    /**
     * @return bytes of all files
     * @throws MediaException if videos can't be encoded
     * @throws IOException if a file can't be written; those before it are whole
     */
    public long write() throws IOException, MediaException {
        long bytes = 0;
        WorldSamples samples = new WorldSamples(order.seed(), order.split(), 1, order.size());
        RetrievalSet clips = new RetrievalSet(order.seed(), order.split(), order.clips());
        for (int i = 0; i < order.clips(); i++) {
            bytes += clip(name("video/clip", i, "webm"), clips.clips().get(i), true);
        }
        for (int i = 0; i < order.longVideos(); i++) {
            StorySubject story = (StorySubject) samples.subject(Source.STORY, i);
            bytes += story(name("video/long", i, "webm"), story);
        }
        List<Composition> pairs = samples.compositions(order.composed());
        for (int i = 0; i < pairs.size(); i++) {
            bytes += composed(i, pairs.get(i));
        }
        for (int i = 0; i < order.images(); i++) {
            Source kind =
                    i % PICTURES_PER_SIGN == PICTURES_PER_SIGN - 1 ? Source.PAGE : Source.IMAGE;
            // other pages than those of the PDFs
            Subject image = samples.subject(kind, order.pages() + i);
            Frames picture = image.render(1, order.size());
            JsonObject entry = store(name("image/image", i, "png"), Png.encode(picture));
            bytes += manifest.image(entry, image, picture);
        }
        for (int i = 0; i < order.pages(); i++) {
            PageSubject page = (PageSubject) samples.subject(Source.PAGE, i);
            JsonObject entry = store(name("pdf/page", i, "pdf"), Pdf.encode(page.drawing()));
            bytes += manifest.page(entry, page);
        }
        Files.writeString(folder.resolve(MANIFEST), manifest.json());
        return bytes;
    }

    /** Without captions: those of one may be true of another clip. */
    private long composed(int number, Composition pair) throws IOException, MediaException {
        String source = name("video/source", number, "webm");
        String target = name("video/target", number, "webm");
        manifest.composed(source, pair.change(), target);
        return clip(source, pair.source(), false) + clip(target, pair.target(), false);
    }

    private long clip(String name, Subject clip, boolean captioned)
            throws IOException, MediaException {
        int count = (int) (CLIP_SECONDS * FRAMES_PER_SECOND);
        Frames frames = clip.render(count, order.size());
        FrameFacts facts = new FrameFacts(count);
        try (WebmWriter writer = writer()) {
            for (int i = 0; i < count; i++) {
                add(writer, facts, i, frames.frame(i));
            }
            JsonObject entry = store(name, writer.finish());
            return captioned
                    ? manifest.clip(entry, clip, facts)
                    : manifest.uncaptioned(entry, clip, facts);
        }
    }

    /** Frame by frame: all of them together would take hundreds of megabytes. */
    private long story(String name, StorySubject story) throws IOException, MediaException {
        int count = (int) (story.story().seconds() * FRAMES_PER_SECOND);
        FrameFacts facts = new FrameFacts(count);
        try (WebmWriter writer = writer()) {
            for (int i = 0; i < count; i++) {
                double[] time = {(double) i / FRAMES_PER_SECOND};
                add(writer, facts, i, story.render(time, order.size()).rgb());
            }
            return manifest.story(store(name, writer.finish()), story, facts);
        }
    }

    private WebmWriter writer() throws MediaException {
        return WebmWriter.open(
                natives, order.size().width(), order.size().height(), FRAMES_PER_SECOND);
    }

    private static void add(WebmWriter writer, FrameFacts facts, int index, byte[] rgb)
            throws MediaException {
        facts.see(index, rgb);
        writer.add(rgb);
    }

    private static String name(String stem, int number, String ending) {
        return String.format(Locale.ROOT, "%s-%05d.%s", stem, number, ending);
    }

    private JsonObject store(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        written.run();
        return manifest.entry(name, bytes);
    }
}
