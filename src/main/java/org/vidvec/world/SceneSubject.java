package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A clip or an image. */
final class SceneSubject implements Subject {

    /** Part of the parts that are about the background where colours are asked for. */
    private static final double GROUNDS = 0.6;

    // one throw each, so that what is thrown first does not change the others
    private static final long ABOUT = 77;
    private static final long PATTERN = 78;
    private static final long PAINT = 79;

    private final Scene scene;
    private final boolean moving;
    private final long take;
    private final SceneSampler others;

    /**
     * @param moving false for a picture: nothing is said of motion
     * @param others where easy negatives come from
     */
    SceneSubject(Scene scene, boolean moving, long take, SceneSampler others) {
        this.scene = scene;
        this.moving = moving;
        this.take = take;
        this.others = others;
    }

    Scene scene() {
        return scene;
    }

    @Override
    public String canonical() {
        return scene.canonical();
    }

    @Override
    public Frames render(int frames, FrameSize size) {
        return new SceneRenderer(scene, take).render(frames, size);
    }

    @Override
    public String caption(Style style, long wording) {
        Wording words = new Wording(wording);
        return switch (style) {
            case SHORT -> Sentences.caption(told(scene, words), words);
            case DENSE -> moving ? Captions.dense(scene, words) : Captions.denseStill(scene, words);
            case SUMMARY ->
                    moving ? Captions.summary(scene, words) : Captions.summaryStill(scene, words);
        };
    }

    private Statement told(Scene of, Wording words) {
        Statement told = Captions.told(of, words);
        return moving ? told : told.withoutMotion();
    }

    @Override
    public List<Question> questions(long wording) {
        return Questions.of(scene, moving, new Wording(wording));
    }

    @Override
    public String truth(Difficulty difficulty, long wording, Emphasis emphasis) {
        Wording words = new Wording(wording);
        return Sentences.caption(
                switch (difficulty) {
                    case ATTRIBUTE -> attribute(Dice.of(wording));
                    case PART -> truePart(words, wording, emphasis.grounds());
                    case EASY, NEAR -> told(scene, words);
                },
                words);
    }

    private Statement truePart(Wording words, long wording, List<Background.Paint> grounds) {
        return grounds.contains(scene.background().paint()) && aboutGround(wording)
                ? Captions.ground(scene, scene.background().paint(), Dice.of(wording, PATTERN))
                : part(words, wording);
    }

    private String falsePart(Wording words, long wording, Emphasis emphasis) {
        List<Background.Paint> others = new ArrayList<>(emphasis.grounds());
        others.remove(scene.background().paint());
        if (others.isEmpty() || aboutGround(wording) == false) {
            return near(part(words, wording), words, emphasis.wrong(), Dice.of(wording));
        }
        Background.Paint paint = Dice.of(wording, PAINT).pick(others);
        return Sentences.caption(Captions.ground(scene, paint, Dice.of(wording, PATTERN)), words);
    }

    private static boolean aboutGround(long wording) {
        return Dice.of(wording, ABOUT).chance(GROUNDS);
    }

    /** The first of which a word can be replaced, so that the scene is not so any more. */
    private Statement part(Wording words, long wording) {
        for (int i = 0; ; i++) {
            Statement part = Captions.part(scene, moving, words, Dice.of(wording, i));
            if (Negatives.near(scene, part, words, Map.of(), Dice.of(wording)) != null) {
                return part;
            }
        }
    }

    private Statement attribute(Dice dice) {
        Figure figure = dice.pick(scene.figures());
        return Statement.of(
                switch (dice.below(moving ? 3 : 2)) {
                    case 0 -> new Claim(null, null, null, figure.shape(), null);
                    case 1 -> new Claim(null, null, figure.colour(), null, null);
                    default -> Claim.of(figure.motion());
                });
    }

    @Override
    public String falsehood(Difficulty difficulty, long wording, Emphasis emphasis) {
        Wording words = new Wording(wording);
        Dice dice = Dice.of(wording);
        return switch (difficulty) {
            case ATTRIBUTE -> Sentences.caption(Negatives.attribute(scene, moving, dice), words);
            case EASY -> easy(words, dice);
            case PART -> falsePart(words, wording, emphasis);
            case NEAR -> near(told(scene, words), words, emphasis.wrong(), dice);
        };
    }

    private String near(Statement truth, Wording words, Map<Topic, Double> wrong, Dice dice) {
        return Sentences.caption(Negatives.near(scene, truth, words, wrong, dice), words);
    }

    private String easy(Wording words, Dice dice) {
        while (true) {
            Statement other = told(moving ? others.scene(dice) : others.still(dice), words);
            if (other.admitted(scene) == false) {
                return Sentences.caption(other, words);
            }
        }
    }
}
