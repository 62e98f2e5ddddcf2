package org.vidvec.world;

import java.util.List;

/** A long video. */
public final class StorySubject implements Subject {

    private final Story story;
    private final long take;
    private final SceneSampler others;

    /**
     * @param others where easy negatives come from
     */
    StorySubject(Story story, long take, SceneSampler others) {
        this.story = story;
        this.take = take;
        this.others = others;
    }

    /** What is true of it. */
    public Story story() {
        return story;
    }

    /** A short text that is true of one of its events alone. */
    public String eventCaption(int event, long wording) {
        return StoryTexts.event(story, event, new Wording(wording));
    }

    /** Frames at given times in seconds. */
    public Frames render(double[] times, FrameSize size) {
        return new StoryRenderer(story, take).render(times, size);
    }

    @Override
    public String canonical() {
        return story.canonical();
    }

    @Override
    public Frames render(int frames, FrameSize size) {
        return render(spread(0, story.seconds(), frames), size);
    }

    /** The middles of {@code n} parts of a stretch of time. */
    static double[] spread(double start, double end, int n) {
        double[] times = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] = start + (end - start) * (i + 0.5) / n;
        }
        return times;
    }

    @Override
    public String caption(Style style, long wording) {
        Wording words = new Wording(wording);
        return switch (style) {
            case SHORT -> StoryTexts.event(story, Dice.of(wording).below(events()), words);
            case DENSE -> StoryTexts.dense(story, words);
            case SUMMARY -> StoryTexts.summary(story, words);
        };
    }

    @Override
    public List<Question> questions(long wording) {
        return StoryTexts.questions(story);
    }

    /** Of one of its events. */
    @Override
    public String truth(Difficulty difficulty, long wording, Emphasis emphasis) {
        return subject(Dice.of(wording).below(events())).truth(difficulty, wording);
    }

    /** False of every event; near the truth about one of them. */
    @Override
    public String falsehood(Difficulty difficulty, long wording, Emphasis emphasis) {
        Dice dice = Dice.of(wording);
        Scene scene = story.events().get(dice.below(events())).scene();
        Wording words = new Wording(wording);
        while (true) {
            Statement said =
                    switch (difficulty) {
                        case ATTRIBUTE -> Negatives.attribute(scene, true, dice);
                        case EASY -> Captions.told(others.scene(dice), words);
                        case PART -> {
                            Statement part = Captions.part(scene, true, words, dice);
                            yield Negatives.near(scene, part, words, emphasis.wrong(), dice);
                        }
                        case NEAR -> {
                            Statement told = Captions.told(scene, words);
                            yield Negatives.near(scene, told, words, emphasis.wrong(), dice);
                        }
                    };
            if (said != null && story.events().stream().noneMatch(e -> said.admitted(e.scene()))) {
                return Sentences.caption(said, words);
            }
        }
    }

    private int events() {
        return story.events().size();
    }

    private SceneSubject subject(int event) {
        return new SceneSubject(story.events().get(event).scene(), true, take, others);
    }
}
