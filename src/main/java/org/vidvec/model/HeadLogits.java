package org.vidvec.model;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a model's head gives. */
final class HeadLogits {

    private HeadLogits() {}

    /**
     * Checks logits before they become scores.
     *
     * @param id the model's name, for the message
     * @throws ModelException of kind ENGINE if one of them is no number
     */
    static void requireFinite(String id, float... logits) throws ModelException {
        if (IntStream.range(0, logits.length).allMatch(i -> Float.isFinite(logits[i]))) {
            return;
        }
        throw new ModelException(
                ModelException.Kind.ENGINE,
                "model ["
                        + id
                        + "] gave the logits ["
                        + IntStream.range(0, logits.length)
                                .mapToObj(i -> Float.toString(logits[i]))
                                .collect(Collectors.joining("] and ["))
                        + "]; its weights are damaged, or too large for its dtype: compare the"
                        + " files with the originals, or set [dtype] to [float32] in ["
                        + ModelCard.FILE
                        + "]");
    }
}
