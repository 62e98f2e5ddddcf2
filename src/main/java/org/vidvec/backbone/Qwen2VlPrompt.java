package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;

/**
 * Prompts of Qwen2-VL: ChatML with the released default system message, an image or video between
 * vision start and end (HF {@code chat_template.json} of Qwen2-VL). Thread-safe.
 */
public final class Qwen2VlPrompt {

    private static final String BEFORE =
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n";
    private static final String AFTER = "<|im_end|>\n<|im_start|>assistant\n";
    private static final String VISION_START = "<|vision_start|>";
    private static final String VISION_END = "<|vision_end|>";
    private static final String IMAGE = "<|image_pad|>";
    private static final String VIDEO = "<|video_pad|>";

    private final PromptEncoder encoder;

    /**
     * @param specialTokens see {@link AddedTokens}
     * @param imageToken id of {@code <|image_pad|>}, from config.json
     * @param videoToken id of {@code <|video_pad|>}, from config.json
     */
    public Qwen2VlPrompt(
            Tokenizer tokenizer,
            Collection<String> specialTokens,
            long imageToken,
            long videoToken) {
        encoder = new PromptEncoder(tokenizer, specialTokens, imageToken, videoToken);
    }

    /**
     * The tokens of a prompt.
     *
     * @param grids of its images and videos in order, after merging
     * @throws EngineException if the tokenizer fails
     */
    public PromptTokens tokenize(List<PromptPart> parts, PromptStyle style, List<PatchGrid> grids)
            throws EngineException {
        PromptEncoder.Encoded encoded =
                encoder.encode(text(parts, style), grids.stream().map(PatchGrid::patches).toList());
        List<VisionSpan> spans = new ArrayList<>();
        for (int i = 0; i < encoded.starts().size(); i++) {
            PatchGrid grid = grids.get(i);
            int start = encoded.starts().get(i);
            spans.add(new VisionSpan(start, grid.time(), grid.height(), grid.width()));
        }
        return new PromptTokens(encoded.ids(), List.copyOf(spans));
    }

    /**
     * Positions of a prompt's tokens. The released code finds an image or video by its vision start
     * token, so under its rule a bare placeholder has the positions of text, as in VLM2Vec-V2.
     */
    public static MropePositions positions(
            PromptTokens tokens, PromptStyle style, PositionRule rule) {
        boolean unseen = style == PromptStyle.PLAIN && rule == PositionRule.CLASSIC;
        return MropePositions.of(tokens.ids().length, unseen ? List.of() : tokens.spans(), rule);
    }

    private PromptText text(List<PromptPart> parts, PromptStyle style) {
        boolean chat = style == PromptStyle.CHAT;
        PromptText text = encoder.text();
        text.template(chat ? BEFORE : "");
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Text words) {
                text.plain(words.value());
            } else {
                String pad = part instanceof PromptPart.Image ? IMAGE : VIDEO;
                text.template(chat ? VISION_START + pad + VISION_END : pad);
            }
        }
        return text.template(chat ? AFTER : "");
    }
}
