package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Clips for measuring retrieval: no short caption of one is true of another. */
public final class RetrievalSet {

    /**
     * @param core all that every short caption of the scene says
     */
    private record Chosen(Scene scene, Statement core) {
        boolean confusable(Chosen other) {
            return core.admitted(other.scene) || other.core.admitted(scene);
        }
    }

    private final List<Subject> clips = new ArrayList<>();

    /**
     * @param n how many clips; a few thousand take seconds
     */
    public RetrievalSet(long seed, Split split, int n) {
        SceneSampler sampler = new SceneSampler(split);
        List<Chosen> chosen = new ArrayList<>();
        for (long i = 0; chosen.size() < n; i++) {
            Dice dice = Dice.of(seed, i);
            Scene scene = sampler.scene(dice);
            Chosen next = new Chosen(scene, Captions.core(scene));
            if (chosen.stream().noneMatch(next::confusable)) {
                chosen.add(next);
                clips.add(new SceneSubject(scene, true, dice.next(), sampler));
            }
        }
    }

    /** In a fixed order. */
    public List<Subject> clips() {
        return List.copyOf(clips);
    }
}
