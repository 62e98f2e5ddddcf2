package org.vidvec.samples;

import java.util.List;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;

/**
 * Finds texts that can't be embedded before a run begins.
 *
 * @param maxTokens that they are cut to; 0 for what the model reads, and no cut
 * @param queryInstruction null for the card's
 * @param targetInstruction null for the card's
 */
public record TextLimit(
        TrainableModel model, int maxTokens, String queryInstruction, String targetInstruction)
        implements PairData.TextCheck {

    @Override
    public String fault(String text, boolean query) throws DatasetException {
        EmbedInput.Role role = query ? EmbedInput.Role.QUERY : EmbedInput.Role.DOCUMENT;
        String instruction = query ? queryInstruction : targetInstruction;
        List<Content> parts = List.of(new Content.Text(text));
        try {
            model.prepare(new EmbedInput(parts, role, instruction), maxTokens);
            return "";
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.INPUT) {
                return e.getMessage();
            }
            throw new DatasetException(e.getMessage(), e);
        }
    }
}
