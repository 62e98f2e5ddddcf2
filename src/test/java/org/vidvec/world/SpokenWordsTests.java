package org.vidvec.world;

import org.elasticsearch.test.ESTestCase;

/** Words of captions that are right. */
public class SpokenWordsTests extends ESTestCase {

    /** All captions of the world are right to the last word. */
    public void testTrueCaptions() {
        WorldSamples samples = new WorldSamples(3, Split.TEST, 1, new FrameSize(16, 16));
        int words = 0;
        for (long i = 0; i < 500; i++) {
            Subject clip = samples.subject(Source.CLIP, i);
            for (Style style : new Style[] {Style.SHORT, Style.SUMMARY}) {
                String caption = clip.caption(style, i);
                SpokenWords.Score score = SpokenWords.of(clip, caption);
                assertEquals(caption, score.all(), score.right());
                words += score.all();
            }
        }
        assertTrue("[" + words + "]", words > 4000);
    }

    /** One word wrong counts as one word, and what is left out counts as wrong. */
    public void testWrongOnes() {
        WorldSamples samples = new WorldSamples(3, Split.TEST, 1, new FrameSize(16, 16));
        for (long i = 0; i < 200; i++) {
            Subject clip = samples.subject(Source.CLIP, i);
            SpokenWords.Score silent = SpokenWords.of(clip, "nothing is here");
            assertEquals(0, silent.right());
            assertTrue(silent.all() >= 2);
            String caption = clip.caption(Style.SUMMARY, i);
            SpokenWords.Score more = SpokenWords.of(clip, caption + " and a green heart");
            assertTrue(more.right() < more.all());
        }
    }
}
