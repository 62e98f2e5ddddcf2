package org.vidvec.family;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.ChatMl;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.PromptText;

/**
 * Prompts of VideoLLaMA3: ChatML, each frame of a video after its time (HF {@code
 * VideoLlama3Processor}). Thread-safe.
 */
public final class VideoLlama3Prompt {

    /**
     * A placeholder.
     *
     * @param text as the tokenizer knows it
     * @param id its token
     */
    public record Placeholder(String text, long id) {}

    /** The default system message of the first release; its examples always ask for it. */
    public static final String RELEASED_SYSTEM =
            "You are VideoLLaMA3 created by Alibaba DAMO Academy, a helpful assistant to help people"
                    + " understand images and videos.";

    private final PromptEncoder encoder;
    private final ChatMl chat;
    private final Placeholder image;
    private final Placeholder video;

    /**
     * @param specialTokens see {@link AddedTokens}
     * @param system the system message; empty for none
     * @param image stands for an image
     * @param video stands for a frame of a video; may be the same
     */
    public VideoLlama3Prompt(
            Tokenizer tokenizer,
            Collection<String> specialTokens,
            String system,
            Placeholder image,
            Placeholder video) {
        encoder = new PromptEncoder(tokenizer, specialTokens, image.id(), video.id());
        chat = new ChatMl(system);
        this.image = image;
        this.video = video;
    }

    /**
     * The token ids of a prompt.
     *
     * @param counts tokens of each image and each frame, in order
     * @throws EngineException if the tokenizer fails
     */
    long[] tokenize(List<PromptPart> parts, PromptStyle style, List<Integer> counts)
            throws EngineException {
        PromptText prompt =
                chat.write(
                        encoder.text(),
                        parts,
                        style,
                        (text, part) -> {
                            String pads =
                                    part instanceof PromptPart.Video v ? frames(v) : image.text();
                            text.template(style.isChat() ? pads + "\n" : pads);
                        });
        return encoder.encode(prompt, counts, style).ids();
    }

    /** The token that stands for what a picture shows. */
    long placeholder(PromptPart.Vision part) {
        return part instanceof PromptPart.Image ? image.id() : video.id();
    }

    private String frames(PromptPart.Video part) {
        StringBuilder text = new StringBuilder();
        for (Frame frame : part.frames()) {
            text.append(text.isEmpty() ? "" : ",");
            text.append("Time ").append(seconds(frame.timeSeconds())).append("s:");
            text.append(video.text());
        }
        return text.toString();
    }

    /** One decimal, rounded as Python does: the exact value of the double, halves to even. */
    static String seconds(double time) {
        return new BigDecimal(time).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }
}
