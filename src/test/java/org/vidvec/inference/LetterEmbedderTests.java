package org.vidvec.inference;

import java.util.Map;
import org.vidvec.model.Embedder;
import org.vidvec.model.EmbedderTestCase;

/** The model of these tests keeps the same contract as the real ones. */
public class LetterEmbedderTests extends EmbedderTestCase {

    @Override
    protected Embedder embedder() throws Exception {
        return new LetterModels(Map.of("a", 100L)).load("a").embedder();
    }
}
