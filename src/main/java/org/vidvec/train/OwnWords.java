package org.vidvec.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.generation.Generator;
import org.vidvec.model.KvFormerCard;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/**
 * What a model writes about what it is shown, with its weights as they are: a head embeds that when
 * it serves (ViLL-E §3.2).
 */
final class OwnWords {

    private final Generator generator;
    private final GenerationOptions options;

    /**
     * @param tokens exactly so many (E-11); 0 for as many as the model likes, as cards have it
     */
    OwnWords(TrainableModel model, int tokens) throws ModelException {
        generator = model.generator();
        options =
                tokens == 0
                        ? GenerationOptions.greedy(KvFormerCard.STANDARD.maxNewTokens())
                        : GenerationOptions.greedy(tokens).withStop(GenerationOptions.Stop.NEVER);
    }

    /** Prompts with what is written behind each; the last token is not read any more. */
    List<Told> behind(List<PreparedSequence> prompts) throws EngineException {
        List<Told> written = new ArrayList<>();
        List<Generation> texts = generator.generate(prompts, options, GenerationListener.NONE);
        for (int i = 0; i < prompts.size(); i++) {
            long[] ids = texts.get(i).ids();
            long[] words = Arrays.copyOf(ids, readable(prompts.get(i), ids));
            written.add(new Told(prompts.get(i), words, true));
        }
        return written;
    }

    /** How many are read: up to the last, or to one that stands for a picture that is not there. */
    private static int readable(PreparedSequence prompt, long[] ids) {
        int last = ids.length - 1;
        for (int i = 0; i < last; i++) {
            long id = ids[i];
            if (prompt.vision().stream().anyMatch(picture -> picture.placeholder() == id)) {
                return i;
            }
        }
        return last;
    }
}
