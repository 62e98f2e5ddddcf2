package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;

import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.ModelException;
import org.vidvec.prompt.PreparedSequence;

/** How many words there is room for behind a prompt. */
public class ToldTests extends ESTestCase {

    private static final long[] WORDS = {5, 6, 7};

    /** Of four tokens. */
    private static PreparedSequence prompt() {
        long[] ids = {1, 2, 3, 4};
        return new PreparedSequence(ids, new long[][] {ids, ids, ids}, List.of());
    }

    public void testWordsAreCutToALimitAndRefusedWithoutOne() throws Exception {
        Told whole = Told.of(prompt(), WORDS, 7, 100);
        assertEquals(7, whole.length());
        assertTrue(whole.ends());
        Told cut = Told.of(prompt(), WORDS, 6, 100);
        assertArrayEquals(new long[] {5, 6}, cut.words());
        assertFalse(cut.ends());
        assertEquals("no more than the model reads", 5, Told.of(prompt(), WORDS, 9, 5).length());
        ModelException none =
                expectThrows(ModelException.class, () -> Told.of(prompt(), WORDS, 4, 100));
        assertEquals(ModelException.Kind.INPUT, none.kind());
        assertThat(none.getMessage(), containsString("under [batch.max_tokens], [4]; raise it"));
        ModelException over =
                expectThrows(ModelException.class, () -> Told.of(prompt(), WORDS, 0, 6));
        assertEquals(ModelException.Kind.INPUT, over.kind());
        assertThat(
                over.getMessage(),
                containsString(
                        "takes [4] tokens with [3] of words, over the model's limit of [6]"));
        assertEquals(7, Told.of(prompt(), WORDS, 0, 7).length());
    }
}
