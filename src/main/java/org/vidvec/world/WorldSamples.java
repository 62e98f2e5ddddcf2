package org.vidvec.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Endless streams of things to learn from. Sample {@code i} of a stream depends on the seed, the
 * split and {@code i} alone, so a stream is taken up again at any place and read by any number of
 * threads.
 */
public final class WorldSamples {

    /** ViLL-E, section 3.3: negatives overlap the event by less than this. */
    private static final double MOST_OVERLAP = 0.2;

    /** ViLL-E, appendix B, equation 1. */
    private static final int MOMENT_NEGATIVES = 2;

    private static final double WINDOW_STRIDE = 0.5;

    /** One number for each stream, so that no two show the same subjects in the same order. */
    private enum Stream {
        SUBJECT,
        COMPOSED,
        MOMENT,
        TEXTS,
        ALONE,
        SEVERAL
    }

    private final long seed;
    private final Split split;
    private final int clipFrames;
    private final FrameSize size;
    private final SceneSampler scenes;
    private final StorySampler stories;
    private final PageSampler pages;

    /**
     * @param seed any number
     * @param clipFrames frames of a clip or a window, and of a long video as a whole
     * @param size of every frame
     */
    public WorldSamples(long seed, Split split, int clipFrames, FrameSize size) {
        this.seed = seed;
        this.split = split;
        this.clipFrames = clipFrames;
        this.size = size;
        this.scenes = new SceneSampler(split);
        this.stories = new StorySampler(scenes);
        this.pages = new PageSampler(split);
    }

    /** What the streams of a source show at place {@code i}, for samples of one's own. */
    public Subject subject(Source source, long i) {
        Dice dice = dice(Stream.SUBJECT, source.ordinal(), i);
        return switch (source) {
            case CLIP -> new SceneSubject(scenes.scene(dice), true, dice.next(), scenes);
            case IMAGE -> new SceneSubject(scenes.still(dice), false, dice.next(), scenes);
            case PAGE -> new PageSubject(pages.page(dice), pages);
            case STORY -> new StorySubject(stories.story(dice), dice.next(), scenes);
        };
    }

    /**
     * The same with a single figure in it, for beginners; other scenes than {@link #subject} shows.
     *
     * @param source a clip or an image
     */
    public Subject alone(Source source, long i) {
        return counted(source, 1, 1, dice(Stream.ALONE, source.ordinal(), i));
    }

    /**
     * The same with two or three figures in it; other scenes than {@link #subject} shows.
     *
     * @param source a clip or an image
     */
    public Subject several(Source source, long i) {
        return counted(source, 2, Scene.MOST_FIGURES, dice(Stream.SEVERAL, source.ordinal(), i));
    }

    private Subject counted(Source source, int fewest, int most, Dice dice) {
        return switch (source) {
            case CLIP ->
                    new SceneSubject(scenes.scene(dice, fewest, most), true, dice.next(), scenes);
            case IMAGE ->
                    new SceneSubject(scenes.still(dice, fewest, most), false, dice.next(), scenes);
            case PAGE, STORY ->
                    throw new IllegalArgumentException("figures are not counted in a " + source);
        };
    }

    /** The frames of a subject: one of what does not move. */
    public Frames frames(Source source, Subject subject) {
        boolean still = source == Source.IMAGE || source == Source.PAGE;
        return subject.render(still ? 1 : clipFrames, size);
    }

    public Sample.Caption caption(Source source, Style style, long i) {
        Subject subject = subject(source, i);
        return new Sample.Caption(
                frames(source, subject), style, subject.caption(style, wording(source, i)));
    }

    public Sample.Ask ask(Source source, long i) {
        Subject subject = subject(source, i);
        long wording = wording(source, i);
        return new Sample.Ask(
                frames(source, subject), Dice.of(wording).pick(subject.questions(wording)));
    }

    /** True and false texts come up alike. */
    public Sample.Match match(Source source, Difficulty difficulty, long i) {
        Subject subject = subject(source, i);
        long wording = wording(source, i);
        boolean matches = Dice.of(wording).chance(0.5);
        String text =
                matches
                        ? subject.truth(difficulty, wording)
                        : subject.falsehood(difficulty, wording);
        return new Sample.Match(frames(source, subject), difficulty, text, matches);
    }

    /**
     * @param negatives how many texts that are false by one word
     */
    public Sample.Pair pair(Source source, int negatives, long i) {
        Subject subject = subject(source, i);
        long wording = wording(source, i);
        List<String> hard = new ArrayList<>();
        for (int k = 0; k < negatives; k++) {
            long other = Dice.of(wording, k).next();
            hard.add(subject.falsehood(Difficulty.NEAR, other));
        }
        return new Sample.Pair(
                frames(source, subject), subject.caption(Style.SHORT, wording), hard);
    }

    /** Dense caption and summary of a clip, without pixels (VidVec, section 3.4). */
    public Sample.Texts texts(long i) {
        Dice dice = dice(Stream.TEXTS, 0, i);
        Scene scene = scenes.scene(dice);
        return new Sample.Texts(
                Captions.dense(scene, new Wording(dice.next())),
                Captions.summary(scene, new Wording(dice.next())));
    }

    /** Source and target are both of this split. */
    public Sample.Composed composed(long i) {
        Composed drawn = draw(i);
        return new Sample.Composed(
                drawn.source.render(clipFrames, size),
                drawn.change.text(),
                drawn.target.render(clipFrames, size),
                Captions.brief(drawn.change.target(), drawn.wording));
    }

    /** The same, not rendered yet. */
    public Composition composition(long i) {
        Composed drawn = draw(i);
        return new Composition(drawn.source, drawn.change.text(), drawn.target);
    }

    /** The first {@code n} of {@link #composition} whose targets are all different. */
    public List<Composition> compositions(int n) {
        List<Composition> found = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        for (long i = 0; found.size() < n; i++) {
            Composition next = composition(i);
            if (targets.add(next.target().canonical())) {
                found.add(next);
            }
        }
        return found;
    }

    /** Clips that other changes would make of the source of {@link #composition}, no two alike. */
    public List<Subject> otherChanges(long i, int n) {
        Composed drawn = draw(i);
        Dice dice = dice(Stream.COMPOSED, 0, i, 1);
        Set<Scene> taken = new HashSet<>(Set.of(drawn.change.target()));
        List<Subject> others = new ArrayList<>();
        while (others.size() < n) {
            Changes.Change other = Changes.of(drawn.source.scene(), scenes, drawn.wording, dice);
            if (other != null && taken.add(other.target())) {
                others.add(clip(other.target(), dice.next()));
            }
        }
        return others;
    }

    private record Composed(
            SceneSubject source, Changes.Change change, Subject target, Wording wording) {}

    private Composed draw(long i) {
        Dice dice = dice(Stream.COMPOSED, 0, i);
        while (true) {
            Scene source = scenes.scene(dice);
            Wording wording = new Wording(dice.next());
            Changes.Change change = Changes.of(source, scenes, wording, dice);
            if (change != null) {
                return new Composed(
                        clip(source, dice.next()),
                        change,
                        clip(change.target(), dice.next()),
                        wording);
            }
        }
    }

    private SceneSubject clip(Scene scene, long take) {
        return new SceneSubject(scene, true, take, scenes);
    }

    public Sample.Moment moment(long i) {
        Dice dice = dice(Stream.MOMENT, 0, i);
        Story story = stories.story(dice);
        StorySubject video = new StorySubject(story, dice.next(), scenes);
        int index = dice.below(story.events().size());
        Event event = story.events().get(index);
        String text = StoryTexts.event(story, index, new Wording(dice.next()));
        List<Sample.Window> negatives = new ArrayList<>();
        for (double[] other : dice.shuffled(apart(story, event)).subList(0, MOMENT_NEGATIVES)) {
            negatives.add(window(video, other[0], other[1]));
        }
        double[] times = StorySubject.spread(0, story.seconds(), clipFrames);
        return new Sample.Moment(
                video.render(times, size),
                times,
                text,
                window(video, event.start(), event.end()),
                negatives);
    }

    private Sample.Window window(StorySubject video, double start, double end) {
        double[] times = StorySubject.spread(start, end, clipFrames);
        return new Sample.Window(start, end, video.render(times, size));
    }

    /** The other events, and sliding windows as long as the event that hardly overlap it. */
    private static List<double[]> apart(Story story, Event event) {
        List<double[]> windows = new ArrayList<>();
        for (Event other : story.events()) {
            if (other != event) {
                windows.add(new double[] {other.start(), other.end()});
            }
        }
        double length = event.end() - event.start();
        for (double start = 0; start + length <= story.seconds(); start += WINDOW_STRIDE) {
            double shared = Math.min(event.end(), start + length) - Math.max(event.start(), start);
            if (shared <= 0 || shared / (2 * length - shared) < MOST_OVERLAP) {
                windows.add(new double[] {start, start + length});
            }
        }
        return windows;
    }

    private long wording(Source source, long i) {
        return dice(Stream.SUBJECT, source.ordinal(), i, 1).next();
    }

    private Dice dice(Stream stream, long... path) {
        long[] whole = new long[path.length + 2];
        whole[0] = split.ordinal();
        whole[1] = stream.ordinal();
        System.arraycopy(path, 0, whole, 2, path.length);
        return Dice.of(seed, whole);
    }
}
