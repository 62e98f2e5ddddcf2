package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/**
 * Clips, images and pages for measuring retrieval: no short caption of one is true of another.
 * Those of pages speak of words, charts and tables, which no clip or image has.
 */
public final class RetrievalSet {

    /**
     * @param core all that every short caption of the scene says
     */
    private record Chosen(Scene scene, Statement core) {
        boolean confusable(Chosen other) {
            return core.admitted(other.scene) || other.core.admitted(scene);
        }
    }

    // other streams of numbers than that of the clips
    private static final long STILLS = 1;
    private static final long PAGES = 2;

    private final List<Subject> clips = new ArrayList<>();
    private final List<Subject> images = new ArrayList<>();
    private final List<Subject> pages = new ArrayList<>();

    /**
     * @param n how many clips; a few thousand take seconds
     */
    public RetrievalSet(long seed, Split split, int n) {
        this(seed, split, n, 0, 0);
    }

    /**
     * Clips, the same as without others, images and pages.
     *
     * @param n how many clips
     * @param stills how many images
     * @param papers how many pages
     */
    public RetrievalSet(long seed, Split split, int n, int stills, int papers) {
        scenes(seed, split, n, stills);
        PageSampler sampler = new PageSampler(split);
        List<Page> chosen = new ArrayList<>();
        for (long i = 0; pages.size() < papers; i++) {
            Page next = sampler.page(Dice.of(seed, PAGES, i));
            if (chosen.stream().noneMatch(p -> p.mayTellOf(next) || next.mayTellOf(p))) {
                chosen.add(next);
                pages.add(new PageSubject(next, sampler));
            }
        }
    }

    private void scenes(long seed, Split split, int n, int stills) {
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
    public List<Subject> pages() {
        return List.copyOf(pages);
    }

    /** In a fixed order. */
    public List<Subject> clips() {
        return List.copyOf(clips);
    }
}
