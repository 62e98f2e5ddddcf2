package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

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

    /** Draws that bring nothing new, after which there is nothing new. */
    private static final int MOST_IN_VAIN = 5_000;

    private final List<Subject> clips = new ArrayList<>();
    private final List<Subject> images = new ArrayList<>();
    private final List<Subject> pages = new ArrayList<>();

    /**
     * @param n how many clips; a few thousand take seconds
     * @throws TooManyException if the split does not have so many
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
     * @throws TooManyException if the split does not have so many
     */
    public RetrievalSet(long seed, Split split, int n, int stills, int papers) {
        SceneSampler scenes = new SceneSampler(split);
        List<Chosen> chosen = new ArrayList<>();
        draw(n, split + " clips", clips, i -> clip(Dice.of(seed, i), scenes, chosen));
        draw(
                stills,
                split + " images",
                images,
                i -> image(Dice.of(seed, STILLS, i), scenes, chosen));
        PageSampler sampler = new PageSampler(split);
        List<Page> told = new ArrayList<>();
        draw(papers, split + " pages", pages, i -> page(Dice.of(seed, PAGES, i), sampler, told));
    }

    /**
     * @param next makes the subject of a number, or null if it may be taken for one that is there
     */
    static void draw(int n, String what, List<Subject> subjects, LongFunction<Subject> next) {
        int vain = 0;
        for (long i = 0; subjects.size() < n; i++) {
            Subject drawn = next.apply(i);
            vain = drawn == null ? vain + 1 : 0;
            if (drawn != null) {
                subjects.add(drawn);
            } else if (vain == MOST_IN_VAIN) {
                throw new TooManyException(
                        String.format(
                                Locale.ROOT,
                                "[%d] %s are too many: no more than [%d] were found that their"
                                        + " captions tell apart; ask for fewer",
                                n,
                                what.toLowerCase(Locale.ROOT),
                                subjects.size()));
            }
        }
    }

    private static Subject clip(Dice dice, SceneSampler sampler, List<Chosen> chosen) {
        Scene scene = sampler.scene(dice);
        return isNew(new Chosen(scene, Captions.core(scene)), chosen)
                ? new SceneSubject(scene, true, dice.next(), sampler)
                : null;
    }

    private static Subject image(Dice dice, SceneSampler sampler, List<Chosen> chosen) {
        Scene scene = sampler.still(dice);
        return isNew(new Chosen(scene, Captions.core(scene).withoutMotion()), chosen)
                ? new SceneSubject(scene, false, dice.next(), sampler)
                : null;
    }

    private static boolean isNew(Chosen next, List<Chosen> chosen) {
        return chosen.stream().noneMatch(next::confusable) && chosen.add(next);
    }

    private static Subject page(Dice dice, PageSampler sampler, List<Page> told) {
        Page next = sampler.page(dice);
        boolean fresh = told.stream().noneMatch(p -> p.mayTellOf(next) || next.mayTellOf(p));
        return fresh && told.add(next) ? new PageSubject(next, sampler) : null;
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

    /** More is asked for than the world has; the message says how much there is. */
    public static final class TooManyException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        TooManyException(String message) {
            super(message);
        }
    }
}
