package org.vidvec.family;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.prompt.ChatMl;
import org.vidvec.prompt.MropePositions;
import org.vidvec.prompt.MropePrompt;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.PromptText;
import org.vidvec.prompt.PromptTokens;
import org.vidvec.prompt.VideoClock;
import org.vidvec.prompt.VisionSpan;

/**
 * Prompts of Qwen2-VL and Qwen2.5-VL: ChatML, an image or video between vision start and end (HF
 * {@code chat_template.json} of Qwen2-VL). Thread-safe.
 */
public final class Qwen2VlPrompt implements MropePrompt {

    private static final String VISION_START = "<|vision_start|>";
    private static final String VISION_END = "<|vision_end|>";
    private static final String IMAGE = "<|image_pad|>";
    private static final String VIDEO = "<|video_pad|>";

    private final PromptEncoder encoder;
    private final ChatMl chat;
    private final PositionRule rule;
    private final VideoClock clock;

    /**
     * @param encoder with the ids of {@code <|image_pad|>} and {@code <|video_pad|>} as
     *     placeholders
     * @param systemMessage what the chat template says by default; empty for no system turn
     */
    public Qwen2VlPrompt(
            PromptEncoder encoder, String systemMessage, PositionRule rule, VideoClock clock) {
        this.encoder = encoder;
        this.chat = new ChatMl(systemMessage);
        this.rule = rule;
        this.clock = clock;
    }

    @Override
    public PromptTokens tokenize(List<PromptPart> parts, PromptStyle style, List<PatchGrid> grids)
            throws EngineException {
        List<PromptPart.Vision> vision = PromptPart.vision(parts);
        PromptEncoder.Encoded encoded =
                encoder.encode(
                        text(parts, style), grids.stream().map(PatchGrid::patches).toList(), style);
        List<VisionSpan> spans = new ArrayList<>();
        for (int i = 0; i < encoded.starts().size(); i++) {
            PatchGrid grid = grids.get(i);
            int start = encoded.starts().get(i);
            float step = clock.step(vision.get(i).frames());
            spans.add(new VisionSpan(start, grid.time(), grid.height(), grid.width(), step));
        }
        return new PromptTokens(encoded.ids(), List.copyOf(spans));
    }

    /**
     * The released code finds an image or video by its vision start token, so under its rule a bare
     * placeholder has the positions of text, as in VLM2Vec-V2.
     */
    @Override
    public MropePositions positions(PromptTokens tokens, PromptStyle style) {
        boolean unseen = style == PromptStyle.PLAIN && rule == PositionRule.CLASSIC;
        return MropePositions.of(tokens.ids().length, unseen ? List.of() : tokens.spans(), rule);
    }

    @Override
    public float secondsPerPatch(PromptPart.Vision part) {
        return clock.secondsPerPatch(part.frames());
    }

    private PromptText text(List<PromptPart> parts, PromptStyle style) {
        return chat.write(
                encoder.text(),
                parts,
                style,
                (text, part) -> {
                    String pad = part instanceof PromptPart.Image ? IMAGE : VIDEO;
                    text.template(style.isChat() ? VISION_START + pad + VISION_END : pad);
                });
    }
}
