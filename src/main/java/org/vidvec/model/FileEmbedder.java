package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.Clip;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaSource;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;

/**
 * Files as documents, embedded as a node does it that nobody told anything else: a long video by
 * its windows, if the card says so.
 */
public final class FileEmbedder {

    private static final int AT_ONCE = 8;
    private static final String VIDEO = "video";

    private final LoadedModel model;
    private final MediaBackend media;
    private final MediaLimits limits;

    /**
     * @param limits of files
     */
    public FileEmbedder(LoadedModel model, MediaBackend media, MediaLimits limits) {
        this.model = model;
        this.media = media;
        this.limits = limits;
    }

    /**
     * Embeds one file.
     *
     * @param source not closed
     * @throws MediaException if it can't be decoded
     * @throws ModelException if the model does not take it
     */
    public Embedding embed(MediaSource source) throws MediaException, ModelException {
        Clip clip = media.read(source, model.info().sampling(), limits);
        LongVideos videos = model.info().recipe().longVideos();
        boolean isLong =
                videos != null
                        && clip.info().kind().equals(VIDEO)
                        && videos.contains(clip.info().durationSeconds());
        return isLong ? windows(source, videos) : embed(List.of(Content.of(clip))).get(0);
    }

    private Embedding windows(MediaSource source, LongVideos videos)
            throws MediaException, ModelException {
        WindowRequest request =
                new WindowRequest(
                        Windows.fixed(videos.windowSeconds()),
                        model.info().sampling(),
                        LongVideos.MOST_WINDOWS);
        List<Window> windows = new ArrayList<>();
        MediaInfo info = media.windows(source, request, limits, windows::add);
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (int from = 0; from < windows.size(); from += AT_ONCE) {
            List<Window> some = windows.subList(from, Math.min(windows.size(), from + AT_ONCE));
            for (Embedding one :
                    embed(some.stream().map(w -> Content.ofWindow(info, w)).toList())) {
                vectors.add(one.vector());
                tokens += one.tokens();
            }
        }
        return new Embedding(videos.aggregate().of(vectors), tokens);
    }

    private List<Embedding> embed(List<List<Content>> inputs) throws ModelException {
        return model.embedder()
                .embed(
                        inputs.stream()
                                .map(i -> new EmbedInput(i, EmbedInput.Role.DOCUMENT, null))
                                .toList());
    }
}
