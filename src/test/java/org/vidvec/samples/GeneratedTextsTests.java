package org.vidvec.samples;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.samples.GeneratedSource.Take;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Style;

/** Pairs of texts of the generated world, for the data that VidVec compares (appendix C.1). */
public class GeneratedTextsTests extends ESTestCase {

    private static final int PAIRS = 200;

    private static GeneratedPairs pairs(Take take, int negatives) {
        FrameSize size = new FrameSize(32, 32);
        return new GeneratedPairs(
                new GeneratedSource(
                        null,
                        take,
                        Style.SHORT,
                        1,
                        PAIRS,
                        1,
                        size,
                        negatives,
                        true,
                        null,
                        null,
                        1));
    }

    private static String text(EmbedInput input) {
        assertEquals(1, input.parts().size());
        return ((Content.Text) input.parts().get(0)).value();
    }

    /** Words in lower case, without articles, which go with the word behind them. */
    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z-]+"))
                .filter(word -> Set.of("", "a", "an").contains(word) == false)
                .toList();
    }

    public void testTwoCaptionsOfAClipInOtherWords() throws Exception {
        GeneratedPairs pairs = pairs(Take.REWORDINGS, 0);
        Set<String> seen = new HashSet<>();
        int shared = 0;
        for (int i = 0; i < PAIRS; i++) {
            EmbedPair pair = pairs.at(i, 0);
            String one = text(pair.query());
            String other = text(pair.target());
            assertNotEquals(one, other);
            seen.add(one);
            Set<String> both = new HashSet<>(words(one));
            both.retainAll(words(other));
            shared += both.size();
            Set<String> strangers = new HashSet<>(words(one));
            strangers.retainAll(words(text(pairs.at((i + 1) % PAIRS, 0).target())));
            shared -= strangers.size();
        }
        assertTrue("[" + seen.size() + "] different", seen.size() > 0.95 * PAIRS);
        assertTrue("captions of one clip share more words than those of two", shared > PAIRS);
    }

    /** What follows is said of the picture, and what contradicts it is the same but for a word. */
    public void testEntailmentsAndContradictions() throws Exception {
        GeneratedPairs pairs = pairs(Take.ENTAILMENTS, 2);
        int grounds = 0;
        for (int i = 0; i < PAIRS; i++) {
            EmbedPair pair = pairs.at(i, 0);
            String premise = text(pair.query());
            String follows = text(pair.target());
            assertEquals(2, pair.negatives().size());
            List<String> right = words(follows);
            int ground = right.indexOf("background");
            if (ground > 0) {
                // the one thing that has no other name
                assertTrue(premise, words(premise).contains(right.get(ground - 1)));
                grounds++;
            }
            List<String> wrong = words(text(pair.negatives().get(0)));
            assertEquals(right.size(), wrong.size());
            int different = 0;
            for (int word = 0; word < right.size(); word++) {
                different += right.get(word).equals(wrong.get(word)) ? 0 : 1;
            }
            assertEquals(right + " / " + wrong, 1, different);
        }
        assertTrue("[" + grounds + "] with a background", grounds > PAIRS / 10);
    }
}
