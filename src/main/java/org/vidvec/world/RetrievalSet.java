package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Clips and images for measuring retrieval: no short caption of one is true of another. */
public final class RetrievalSet {

    /**
     * @param core all that every short caption of the scene says
     */
    private record Chosen(Scene scene, Statement core) {
        boolean confusable(Chosen other) {
            return core.admitted(other.scene) || other.core.admitted(scene);
        }
    }

    // another stream of numbers than that of the clips
    private static final long STILLS = 1;

    private final List<Subject> clips = new ArrayList<>();
    private final List<Subject> images = new ArrayList<>();

    /**
     * @param n how many clips; a few thousand take seconds
     */
    public RetrievalSet(long seed, Split split, int n) {
        this(seed, split, n, 0);
    }

    /**
     * Clips, the same as without images, and images whose short captions are true of no clip and of
     * no other image, and the other way round.
     *
     * @param n how many clips
     * @param stills how many images
     */
    public RetrievalSet(long seed, Split split, int n, int stills) {
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
        for (long i = 0; images.size() < stills; i++) {
            Dice dice = Dice.of(seed, STILLS, i);
            Scene scene = sampler.still(dice);
            Chosen next = new Chosen(scene, Captions.core(scene).withoutMotion());
            if (chosen.stream().noneMatch(next::confusable)) {
                chosen.add(next);
                images.add(new SceneSubject(scene, false, dice.next(), sampler));
            }
        }
    }

    /** In a fixed order. */
    public List<Subject> images() {
        return List.copyOf(images);
    }

    /** In a fixed order. */
    public List<Subject> clips() {
        return List.copyOf(clips);
    }
}
