package org.vidvec.family;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;
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
import org.vidvec.prompt.VisionSpan;

/**
 * Prompts of Qwen3-VL: ChatML, an image between vision start and end, a video as its temporal
 * patches, each behind its time in seconds (Qwen3-VL section 2; HF {@code Qwen3VLProcessor}).
 * Thread-safe.
 */
public final class Qwen3VlPrompt implements MropePrompt {

    private static final String VISION_START = "<|vision_start|>";
    private static final String VISION_END = "<|vision_end|>";
    private static final String IMAGE = "<|image_pad|>";
    private static final String VIDEO = "<|video_pad|>";

    private final PromptEncoder encoder;
    private final ChatMl chat;
    private final int temporalPatch;

    /**
     * @param encoder with the ids of {@code <|image_pad|>} and {@code <|video_pad|>} as
     *     placeholders
     * @param systemMessage what the chat template says by default; empty for no system turn
     * @param temporalPatch frames in a temporal patch
     */
    public Qwen3VlPrompt(PromptEncoder encoder, String systemMessage, int temporalPatch) {
        this.encoder = encoder;
        this.chat = new ChatMl(systemMessage);
        this.temporalPatch = temporalPatch;
    }

    @Override
    public PromptTokens tokenize(List<PromptPart> parts, PromptStyle style, List<PatchGrid> grids)
            throws EngineException {
        // a video's placeholder stands once per temporal patch
        List<PatchGrid> patches = new ArrayList<>();
        for (PatchGrid grid : grids) {
            for (int t = 0; t < grid.time(); t++) {
                patches.add(new PatchGrid(1, grid.height(), grid.width()));
            }
        }
        PromptEncoder.Encoded encoded =
                encoder.encode(
                        text(parts, style),
                        patches.stream().map(PatchGrid::patches).toList(),
                        style);
        List<VisionSpan> spans = new ArrayList<>();
        for (int i = 0; i < encoded.starts().size(); i++) {
            PatchGrid patch = patches.get(i);
            spans.add(new VisionSpan(encoded.starts().get(i), 1, patch.height(), patch.width()));
        }
        return new PromptTokens(encoded.ids(), List.copyOf(spans));
    }

    /** Bare placeholders have the positions of text: the original looks for vision start. */
    @Override
    public MropePositions positions(PromptTokens tokens, PromptStyle style) {
        List<VisionSpan> spans = style == PromptStyle.PLAIN ? List.of() : tokens.spans();
        return MropePositions.of(tokens.ids().length, spans, PositionRule.SPATIAL);
    }

    private PromptText text(List<PromptPart> parts, PromptStyle style) {
        return chat.write(
                encoder.text(),
                parts,
                style,
                (text, part) -> {
                    if (part instanceof PromptPart.Video video) {
                        video(text, video.frames(), style.isChat());
                    } else {
                        text.template(style.isChat() ? VISION_START + IMAGE + VISION_END : IMAGE);
                    }
                });
    }

    private void video(PromptText text, List<Frame> frames, boolean chat) {
        for (int first = 0; first < frames.size(); first += temporalPatch) {
            if (chat) {
                int last = Math.min(first + temporalPatch, frames.size()) - 1;
                double middle =
                        (frames.get(first).timeSeconds() + frames.get(last).timeSeconds()) / 2;
                text.template("<" + oneDecimal(middle) + " seconds>" + VISION_START);
                text.template(VIDEO + VISION_END);
            } else {
                text.template(VIDEO);
            }
        }
    }

    /** Python's {@code .1f}: of the exact value of the double, halves to even. */
    static String oneDecimal(double seconds) {
        return new BigDecimal(seconds).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }
}
