package org.vidvec.inference;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.vidvec.media.Sampling;
import org.vidvec.model.WriteOptions;

/**
 * A text, please.
 *
 * @param modelId which model
 * @param items what it is about, in order
 * @param question null for a caption
 * @param sampling replaces the model card's; null for the card's own
 * @param options how it is written
 * @param pieces hears it while it is written, on an inference thread
 * @param timeout from now on, waiting included
 */
public record WriteCall(
        String modelId,
        List<InputItem> items,
        String question,
        Sampling sampling,
        WriteOptions options,
        Consumer<String> pieces,
        Duration timeout) {}
