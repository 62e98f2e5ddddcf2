package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence about a page with its replaceable words.
 *
 * @param pattern has {@code {}} for each slot
 * @param slots the true words and false ones for each
 */
record Saying(String pattern, List<Slot> slots) {

    /**
     * @param value what is true
     * @param others each makes the sentence false
     */
    record Slot(String value, List<String> others) {

        static Slot of(String value, List<String> all) {
            return new Slot(value, all.stream().filter(o -> o.equals(value) == false).toList());
        }
    }

    /** What is true. */
    String tell() {
        return fill(slots.stream().map(Slot::value).toList());
    }

    /** What is false by one word. */
    String falsify(Dice dice) {
        int index = dice.below(slots.size());
        List<String> values = new ArrayList<>(slots.stream().map(Slot::value).toList());
        values.set(index, dice.pick(slots.get(index).others()));
        return fill(values);
    }

    private String fill(List<String> values) {
        String text = pattern;
        for (String value : values) {
            text = text.replaceFirst("\\{}", value);
        }
        return text;
    }
}
