package org.vidvec.inference;

import java.time.Duration;
import java.util.List;
import org.vidvec.media.Sampling;
import org.vidvec.model.EmbedInput;

/**
 * One vector, please.
 *
 * @param modelId which model
 * @param items read together, in order
 * @param role query or document; queries overtake documents in the queue
 * @param instruction replaces the model card's; null for the card's own
 * @param sampling replaces the model card's; null for the card's own
 * @param keepFrames whether the sampled frames are wanted back as a strip
 * @param moments what is wanted of a video's windows or a document's pages; null for what the
 *     model's card says of long videos
 * @param truncate whether texts are cut at their end where the model can't read all
 * @param timeout from now on, waiting included
 */
public record EmbedCall(
        String modelId,
        List<InputItem> items,
        EmbedInput.Role role,
        String instruction,
        Sampling sampling,
        boolean keepFrames,
        MomentsWanted moments,
        boolean truncate,
        Duration timeout) {

    /** Without moments. */
    public EmbedCall(
            String modelId,
            List<InputItem> items,
            EmbedInput.Role role,
            String instruction,
            Sampling sampling,
            boolean keepFrames,
            Duration timeout) {
        this(modelId, items, role, instruction, sampling, keepFrames, null, false, timeout);
    }
}
