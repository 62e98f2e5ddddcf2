package org.vidvec.bench;

import java.util.List;
import org.vidvec.backbone.KvFormer;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.generation.Generator;
import org.vidvec.model.KvFormerCard;
import org.vidvec.prompt.PreparedSequence;

/**
 * Embeds videos as ViLL-E does (§3.2): tokens are written about each, and the head reads their
 * states.
 *
 * @param generator of the network; its texts end where the checkpoint says
 * @param head beside the checkpoint
 * @param number of tokens that are written, wherever a text would end; 0 for up to its end
 */
record EmbeddingTokens(Generator generator, KvFormer head, int number) {

    /** Those of App. A, Table 10. */
    static final List<Integer> NUMBERS = List.of(1, 5, 10, 0);

    /** For a row's name. */
    String name() {
        String many = number == 0 ? "adaptive" : String.valueOf(number);
        return many + (number == 1 ? " embedding token" : " embedding tokens");
    }

    /**
     * Embeds a batch.
     *
     * @return how many tokens were written for each
     */
    int[] embed(List<PreparedSequence> batch) throws EngineException {
        GenerationOptions options =
                number == 0
                        ? GenerationOptions.greedy(KvFormerCard.STANDARD.maxNewTokens())
                        : GenerationOptions.greedy(number).withStop(GenerationOptions.Stop.NEVER);
        List<Generation> texts =
                generator.generate(batch, options.withStates(), GenerationListener.NONE);
        int[] written = new int[texts.size()];
        for (int i = 0; i < written.length; i++) {
            List<float[]> states = texts.get(i).producing();
            int hidden = states.get(0).length;
            float[] flat = new float[states.size() * hidden];
            for (int k = 0; k < states.size(); k++) {
                System.arraycopy(states.get(k), 0, flat, k * hidden, hidden);
            }
            head.embed(flat);
            written[i] = states.size();
        }
        return written;
    }
}
