package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** What is said of a long video. */
final class StoryTexts {

    private static final Wording PLAIN = new Wording(0);

    private StoryTexts() {}

    /** A short caption of one event. */
    static String event(Story story, int event, Wording wording) {
        return Captions.brief(story.events().get(event).scene(), wording.part("event" + event));
    }

    /** A sentence for each event. */
    static String dense(Story story, Wording wording) {
        StringBuilder text = new StringBuilder();
        int last = story.events().size() - 1;
        for (int i = 0; i <= last; i++) {
            String when =
                    i == 0
                            ? wording.pick("first", List.of("First ", "At the beginning "))
                            : i == last
                                    ? wording.pick("last", List.of("Finally ", "At the end "))
                                    : wording.pick("then" + i, List.of("Then ", "After that "));
            text.append(i == 0 ? "" : " ")
                    .append(when)
                    .append(event(story, i, wording))
                    .append('.');
        }
        return text.toString();
    }

    static String summary(Story story, Wording wording) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < story.events().size(); i++) {
            parts.add(Captions.summary(story.events().get(i).scene(), wording.part("event" + i)));
        }
        return String.join(", then ", parts);
    }

    static List<Question> questions(Story story) {
        int last = story.events().size() - 1;
        List<Question> all = new ArrayList<>();
        all.add(new Question("how many events are there?", String.valueOf(last + 1)));
        all.add(new Question("what happens first?", plain(story, 0)));
        all.add(new Question("what happens last?", plain(story, last)));
        for (int i = 0; i < last; i++) {
            all.add(
                    new Question(
                            "what happens after " + plain(story, i) + "?", plain(story, i + 1)));
        }
        return all;
    }

    private static String plain(Story story, int event) {
        return Sentences.caption(Captions.core(story.events().get(event).scene()), PLAIN);
    }
}
