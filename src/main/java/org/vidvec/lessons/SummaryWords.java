package org.vidvec.lessons;

import java.util.List;
import java.util.stream.Stream;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;

/** The words of a summary, any of which is right where one word is asked for. */
final class SummaryWords {

    private SummaryWords() {}

    static List<String> of(Subject subject, long wording) {
        return Stream.of(subject.caption(Style.SUMMARY, wording).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.isEmpty() == false && word.equals("and") == false)
                .toList();
    }
}
