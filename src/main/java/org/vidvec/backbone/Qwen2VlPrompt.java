package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Arrays;
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

    private final Tokenizer tokenizer;
    private final Collection<String> specialTokens;
    private final long imageToken;
    private final long videoToken;

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
        this.tokenizer = tokenizer;
        this.specialTokens = List.copyOf(specialTokens);
        this.imageToken = imageToken;
        this.videoToken = videoToken;
    }

    /**
     * The tokens of a prompt.
     *
     * @param grids of its images and videos in order, after merging
     * @throws EngineException if the tokenizer fails
     */
    public PromptTokens tokenize(List<PromptPart> parts, PromptStyle style, List<PatchGrid> grids)
            throws EngineException {
        long[] ids = new long[64];
        int length = 0;
        List<VisionSpan> spans = new ArrayList<>();
        for (String piece : text(parts, style).pieces()) {
            for (long id : tokenizer.encode(piece, false)) {
                int copies = 1;
                if (id == imageToken || id == videoToken) {
                    PatchGrid grid = grids.get(spans.size());
                    copies = grid.patches();
                    spans.add(new VisionSpan(length, grid.time(), grid.height(), grid.width()));
                }
                if (length + copies > ids.length) {
                    ids = Arrays.copyOf(ids, Math.max(length + copies, 2 * ids.length));
                }
                Arrays.fill(ids, length, length + copies, id);
                length += copies;
            }
        }
        return new PromptTokens(Arrays.copyOf(ids, length), List.copyOf(spans));
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
        PromptText text = new PromptText(specialTokens);
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
