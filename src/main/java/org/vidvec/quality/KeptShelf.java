package org.vidvec.quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Medium;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaException;
import org.vidvec.model.Content;

/** Keeps the frames that were used last, so that a rerank need not decode a video every time. */
final class KeptShelf implements Shelf {

    private final Shelf shelf;
    private final long most;
    private long bytes;
    private final Map<String, List<Content>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param most bytes of frames
     */
    KeptShelf(Shelf shelf, long most) {
        this.shelf = shelf;
        this.most = most;
    }

    @Override
    public List<Content> contents(Medium medium) throws MediaException {
        List<Content> contents = kept.get(medium.id());
        if (contents == null) {
            contents = shelf.contents(medium);
            kept.put(medium.id(), contents);
            bytes += bytes(contents);
            var oldest = kept.entrySet().iterator();
            while (bytes > most && kept.size() > 1) {
                bytes -= bytes(oldest.next().getValue());
                oldest.remove();
            }
        }
        return contents;
    }

    private static long bytes(List<Content> contents) {
        return contents.stream()
                .mapToLong(
                        c ->
                                switch (c) {
                                    case Content.Text text -> 2L * text.value().length();
                                    case Content.Image image -> image.frame().rgb().length;
                                    case Content.Video video ->
                                            video.clip().frames().stream()
                                                    .map(Frame::rgb)
                                                    .mapToLong(rgb -> rgb.length)
                                                    .sum();
                                })
                .sum();
    }

    @Override
    public List<Stretch> windows(Medium video, double windowSeconds, double strideSeconds)
            throws MediaException {
        return shelf.windows(video, windowSeconds, strideSeconds);
    }

    @Override
    public String key(Medium medium) throws MediaException {
        return shelf.key(medium);
    }
}
