package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** "The same, but blue": a text that leads from one scene to another. */
final class Changes {

    /**
     * @param text says what is different in the target
     * @param target differs from the source in that alone
     */
    record Change(String text, Scene target) {}

    private Changes() {}

    /**
     * @param sampler the target is of its split
     * @return null if none was found, as when every target is of another split
     */
    static Change of(Scene source, SceneSampler sampler, Wording wording, Dice dice) {
        for (int tries = 0; tries < 200; tries++) {
            Change change = attempt(source, wording, dice);
            if (change != null && sampler.holds(change.target)) {
                return change;
            }
        }
        return null;
    }

    private static Change attempt(Scene source, Wording wording, Dice dice) {
        try {
            int kind = dice.below(6);
            if (kind == 0) {
                return background(source, wording, dice);
            }
            if (kind == 1) {
                return without(source, wording, dice);
            }
            return figure(source, kind, wording, dice);
        } catch (IllegalArgumentException e) {
            // a scene that can't be shown, such as a plain circle that spins
            return null;
        }
    }

    private static Change background(Scene source, Wording wording, Dice dice) {
        Background.Paint paint = dice.pick(Background.Paint.values());
        if (paint == source.background().paint()) {
            return null;
        }
        Background behind = new Background(paint, source.background().pattern());
        String place = Lexicon.indefinite(Lexicon.plain(paint) + " background");
        return new Change(
                wording.pick(
                        "change",
                        List.of(
                                "the same on " + place,
                                "the same, but with " + place,
                                "on " + place + " instead")),
                new Scene(behind, source.camera(), source.arrangement(), source.figures()));
    }

    private static Change without(Scene source, Wording wording, Dice dice) {
        if (source.figures().size() < 2 || source.arrangement().interplay()) {
            return null;
        }
        int gone = dice.below(source.figures().size());
        List<Figure> left = new ArrayList<>(source.figures());
        String name = name(source, left.remove(gone), wording);
        Arrangement arrangement = left.size() == 1 ? Arrangement.ALONE : source.arrangement();
        return new Change(
                wording.pick("change", List.of("the same without ", "without ", "take away "))
                        + name,
                new Scene(source.background(), source.camera(), arrangement, left));
    }

    private static Change figure(Scene source, int kind, Wording wording, Dice dice) {
        int index = dice.below(source.figures().size());
        Figure old = source.figures().get(index);
        Figure changed = change(old, kind, dice);
        if (changed.equals(old)) {
            return null;
        }
        Scene target = source.with(index, changed);
        String name = name(source, old, wording);
        boolean alone = source.figures().size() == 1;
        return new Change(text(old, changed, alone, name, wording), target);
    }

    private static Figure change(Figure old, int kind, Dice dice) {
        return switch (kind) {
            case 2 ->
                    new Figure(
                            old.shape(),
                            dice.pick(Colour.values()),
                            old.size(),
                            old.texture(),
                            old.motion());
            case 3 ->
                    new Figure(
                            dice.pick(Shape.values()),
                            old.colour(),
                            old.size(),
                            old.texture(),
                            old.motion());
            case 4 ->
                    new Figure(
                            old.shape(),
                            old.colour(),
                            old.size(),
                            old.texture(),
                            dice.pick(Motion.values()));
            default ->
                    old.texture() == Texture.PLAIN && dice.chance(0.5)
                            ? new Figure(
                                    old.shape(),
                                    old.colour(),
                                    old.size() == Size.SMALL ? Size.LARGE : Size.SMALL,
                                    old.texture(),
                                    old.motion())
                            : new Figure(
                                    old.shape(),
                                    old.colour(),
                                    old.size(),
                                    dice.pick(Texture.values()),
                                    old.motion());
        };
    }

    private static String text(
            Figure old, Figure changed, boolean alone, String name, Wording wording) {
        if (changed.shape() != old.shape()) {
            String shape =
                    Lexicon.indefinite(wording.pick("shape", Lexicon.words(changed.shape())));
            return wording.pick(
                    "change",
                    List.of(
                            "the same with " + shape + " instead of " + name,
                            "replace " + name + " by " + shape));
        }
        String subject = alone ? "it" : name;
        if (changed.motion() != old.motion()) {
            return "the same, but " + subject + " " + Lexicon.verb(changed.motion(), wording);
        }
        String adjective =
                changed.colour() != old.colour()
                        ? wording.pick("colour", Lexicon.words(changed.colour()))
                        : changed.size() != old.size()
                                ? wording.pick("size", Lexicon.words(changed.size()))
                                : wording.pick("texture", Lexicon.words(changed.texture()));
        return alone && wording.chance("short", 0.5)
                ? "the same but " + adjective
                : wording.pick(
                                "change",
                                List.of(
                                        "the same, but " + subject + " is ",
                                        "make " + subject + " "))
                        + adjective;
    }

    /** "the star", or "the red star" where there are two. */
    private static String name(Scene scene, Figure figure, Wording wording) {
        boolean only =
                scene.figures().stream().filter(f -> f.shape() == figure.shape()).count() == 1;
        Colour colour = only ? null : figure.colour();
        return "the "
                + Sentences.bare(
                        new Claim(null, null, colour, figure.shape(), null), wording.part("name"));
    }
}
