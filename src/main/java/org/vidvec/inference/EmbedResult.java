package org.vidvec.inference;

import java.util.List;
import org.vidvec.media.MediaInfo;
import org.vidvec.model.ModelInfo;

/**
 * A vector and where it comes from.
 *
 * @param vector [dims], norm 1
 * @param tokens decoder tokens read
 * @param model which model made it
 * @param media facts of the first media item; null for text alone
 * @param moments of a video, in order, if they were asked for; else empty
 */
public record EmbedResult(
        float[] vector, int tokens, ModelInfo model, Media media, List<Moment> moments) {

    /**
     * Facts of the decoded file.
     *
     * @param info what the file is
     * @param sha256 of the file's bytes, in hex; null for frames of a document
     * @param framesSampled how many frames the model saw
     * @param strip the frames as {@code FrameStrip} writes them, if they were asked for; else null
     */
    public record Media(MediaInfo info, String sha256, int framesSampled, byte[] strip) {}
}
