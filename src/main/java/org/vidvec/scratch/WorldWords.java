package org.vidvec.scratch;

import org.vidvec.world.Difficulty;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Question;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/** The words of what is said in the generated world, and of how it is asked. */
final class WorldWords {

    private static final int SUBJECTS = 4000;

    private WorldWords() {}

    /** Counts the words of the training split. */
    static void count(long seed, WordCounts words) {
        // nothing is drawn
        FrameSize size = new FrameSize(FrameSize.LEAST, FrameSize.LEAST);
        WorldSamples samples = new WorldSamples(seed, Split.TRAIN, 1, size);
        for (Source source : Source.values()) {
            for (long i = 0; i < SUBJECTS; i++) {
                add(samples.subject(source, i), i, words);
            }
        }
    }

    private static void add(Subject subject, long wording, WordCounts words) {
        for (Style style : Style.values()) {
            words.add(subject.caption(style, wording), 1);
        }
        // said alone as well: one word is asked for
        for (String word : subject.caption(Style.SUMMARY, wording).split("[^\\p{L}\\p{N}]+")) {
            words.add(word, 1);
        }
        for (Question question : subject.questions(wording)) {
            words.add(question.text(), 1);
            words.add(question.answer(), 1);
        }
        words.add(subject.truth(Difficulty.ATTRIBUTE, wording), 1);
    }
}
