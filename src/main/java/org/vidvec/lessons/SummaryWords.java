package org.vidvec.lessons;

import java.util.List;
import java.util.stream.Stream;
import org.vidvec.world.SpokenWords;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;

/** The words of a summary that are right where one word is asked for. */
final class SummaryWords {

    private SummaryWords() {}

    /** All of them. */
    static List<String> of(Subject subject, long wording) {
        return Stream.of(subject.caption(Style.SUMMARY, wording).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.isEmpty() == false && word.equals("and") == false)
                .toList();
    }

    /** Those that name what is seen: shapes, and all words where there is none, as on pages. */
    static List<String> nouns(Subject subject, long wording) {
        List<String> words = of(subject, wording);
        List<String> shapes = words.stream().filter(SpokenWords::namesShape).toList();
        return shapes.isEmpty() ? words : shapes;
    }
}
