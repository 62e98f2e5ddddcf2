package org.vidvec.family;

import java.util.Collection;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptText;

/**
 * Prompts of PaliGemma (HF {@code PaliGemmaProcessor}): the tokens of all pictures, {@code <bos>},
 * the text and a line break. Thread-safe.
 */
public final class PaliGemmaPrompt {

    private static final String IMAGE = "<image>";
    private static final String BOS = "<bos>";
    private static final String END = "\n";
    private static final String EOS = "<eos>";
    // unused tokens that ViLL-E takes for <txt_embed> and <video_embed>, App. C
    private static final String EMBED_TEXT = "<unused0>";
    private static final String EMBED_VIDEO = "<unused1>";

    private final PromptEncoder encoder;

    /**
     * @param specialTokens see {@link AddedTokens}
     * @param imageToken id of {@code <image>}, from config.json
     */
    public PaliGemmaPrompt(Tokenizer tokenizer, Collection<String> specialTokens, long imageToken) {
        encoder = new PromptEncoder(tokenizer, specialTokens, imageToken);
    }

    /**
     * The tokens of a prompt. The pictures come first, wherever they stand among the parts; then
     * the words, and the suffix of {@link #suffix} after them.
     *
     * @param counts tokens of its images and videos in order
     * @throws EngineException if the tokenizer fails
     */
    public long[] tokenize(List<PromptPart> parts, List<Integer> counts) throws EngineException {
        PromptText text = encoder.text();
        text.template(IMAGE.repeat(counts.size())).template(BOS);
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Text words) {
                text.plain(words.value());
            } else if (part instanceof PromptPart.Embed kind) {
                text.template(kind == PromptPart.Embed.TEXT ? EMBED_TEXT : EMBED_VIDEO);
            }
        }
        return encoder.encode(text.template(END), counts).ids();
    }

    /**
     * The tokens after the prompt, with an end token; empty without a suffix.
     *
     * @throws EngineException if the tokenizer fails
     */
    long[] suffix(List<PromptPart> parts) throws EngineException {
        PromptText text = encoder.text();
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Suffix suffix) {
                text.plain(suffix.value()).template(EOS);
            }
        }
        return encoder.encode(text, List.of()).ids();
    }
}
