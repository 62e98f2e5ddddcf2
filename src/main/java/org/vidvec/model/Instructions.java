package org.vidvec.model;

import java.util.List;

/**
 * What a prompt tells the model to do with its parts, by what the parts are. Empty means no
 * instruction.
 *
 * @param text text alone
 * @param image images alone
 * @param video videos alone, or with images
 * @param textImage text and images
 * @param textVideo text and videos
 */
public record Instructions(
        String text, String image, String video, String textImage, String textVideo) {

    /** The instruction for these parts. */
    public String of(List<Content> parts) {
        boolean text = parts.stream().anyMatch(p -> p instanceof Content.Text);
        boolean image = parts.stream().anyMatch(p -> p instanceof Content.Image);
        boolean video = parts.stream().anyMatch(p -> p instanceof Content.Video);
        if (video) {
            return text ? textVideo : this.video;
        }
        if (image) {
            return text ? textImage : this.image;
        }
        return this.text;
    }

    static Instructions read(CardJson json, Instructions otherwise) {
        if (json == null) {
            return otherwise;
        }
        Instructions read =
                new Instructions(
                        json.string("text", otherwise.text),
                        json.string("image", otherwise.image),
                        json.string("video", otherwise.video),
                        json.string("text_image", otherwise.textImage),
                        json.string("text_video", otherwise.textVideo));
        json.finish();
        return read;
    }
}
