package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Draws long videos of events whose scenes are all of one split. */
final class StorySampler {

    private static final int LEAST_EVENTS = 3;
    private static final int MOST_EVENTS = 7;

    /** Times are multiples of half a second: whole frames at 10 a second. */
    private static final double GRAIN = 0.5;

    // in grains
    private static final int SHORTEST = 6;
    private static final int LONGEST = 16;
    private static final int LONGEST_GAP = 3;

    private final SceneSampler scenes;

    StorySampler(SceneSampler scenes) {
        this.scenes = scenes;
    }

    Story story(Dice dice) {
        int n = LEAST_EVENTS + dice.below(MOST_EVENTS - LEAST_EVENTS + 1);
        Background background = dice.chance(0.5) ? SceneSampler.background(dice) : null;
        List<Event> events = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < n; i++) {
            now += dice.chance(0.5) ? 0 : GRAIN * dice.below(LONGEST_GAP + 1);
            double seconds = GRAIN * (SHORTEST + dice.below(LONGEST - SHORTEST + 1));
            events.add(new Event(now, now + seconds, another(events, background, dice)));
            now += seconds;
        }
        return new Story(now, events);
    }

    private Scene another(List<Event> events, Background background, Dice dice) {
        while (true) {
            Scene scene = background == null ? scenes.scene(dice) : scenes.scene(dice, background);
            if (events.stream().noneMatch(e -> Captions.confusable(e.scene(), scene))) {
                return scene;
            }
        }
    }
}
