package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** What is said of a scene: everything here is true of it. */
final class Captions {

    private static final List<String> ROW_PLACES = List.of("on the left", "on the right");
    private static final List<String> COLUMN_PLACES = List.of("at the top", "at the bottom");

    private static final double BACKGROUND_ALONE = 0.2;
    private static final double RELATION_ALONE = 0.3;
    private static final double ONE_FIGURE = 0.6;
    private static final double WITH_BACKGROUND = 0.3;

    private Captions() {}

    /** The least that every short caption says: shapes, colours, and what they do. */
    static Statement core(Scene scene) {
        List<Claim> claims = new ArrayList<>();
        boolean interplay = scene.arrangement().interplay();
        for (Figure figure : scene.figures()) {
            Motion motion = interplay ? null : figure.motion();
            claims.add(new Claim(null, null, figure.colour(), figure.shape(), motion));
        }
        Relation relation = interplay ? Relation.valueOf(scene.arrangement().name()) : null;
        return new Statement(claims, relation, null, null);
    }

    /** Whether a short caption of one might be said of the other. */
    static boolean confusable(Scene a, Scene b) {
        return core(a).admitted(b) || core(b).admitted(a);
    }

    /** The core and some of what else is true. */
    static Statement told(Scene scene, Wording wording) {
        Statement told = core(scene);
        for (int i = 0; i < scene.figures().size(); i++) {
            Figure figure = scene.figures().get(i);
            Claim claim = told.claims().get(i);
            if (figure.size() != Size.CHANGING && wording.chance("tell size" + i, 0.5)) {
                claim = claim.withSize(figure.size());
            }
            boolean plain = figure.texture() == Texture.PLAIN;
            if (wording.chance("tell texture" + i, plain ? 0.05 : 0.6)) {
                claim = claim.withTexture(figure.texture());
            }
            told = told.with(i, claim);
        }
        if (wording.chance("tell paint", 0.4)) {
            told = told.with(scene.background().paint());
            if (wording.chance("tell pattern", 0.4)) {
                told = told.with(scene.background().pattern());
            }
        }
        return scene.figures().size() == 2 && wording.chance("tell place", 0.5)
                ? placed(scene, told, wording)
                : told;
    }

    /** With who is left of or above whom, from either side; as it is where they interplay. */
    private static Statement placed(Scene scene, Statement told, Wording wording) {
        Relation relation =
                switch (scene.arrangement()) {
                    case ROW -> Relation.LEFT_OF;
                    case COLUMN -> Relation.ABOVE;
                    default -> null;
                };
        if (relation == null) {
            return told;
        }
        return wording.chance("converse", 0.5)
                ? told.swapped().with(relation.converse())
                : told.with(relation);
    }

    /**
     * A little of what is told, so that each thing is told by itself once.
     *
     * @param moving false for a picture: nothing is said of motion
     */
    static Statement part(Scene scene, boolean moving, Wording wording, Dice dice) {
        if (dice.chance(BACKGROUND_ALONE)) {
            return onBackground(new Statement(List.of(), null, null, null), scene, dice);
        }
        if (scene.figures().size() == 2 && dice.chance(RELATION_ALONE)) {
            return placed(scene, core(scene), wording).withoutMotion();
        }
        Statement told = new Statement(claims(scene, moving, dice), null, null, null);
        return dice.chance(WITH_BACKGROUND) ? onBackground(told, scene, dice) : told;
    }

    /** That the background has a colour, and sometimes its own pattern. */
    static Statement ground(Scene scene, Background.Paint paint, Dice dice) {
        Background.Pattern pattern = dice.chance(0.3) ? scene.background().pattern() : null;
        return new Statement(List.of(), null, paint, pattern);
    }

    private static Statement onBackground(Statement told, Scene scene, Dice dice) {
        Statement painted = told.with(scene.background().paint());
        return dice.chance(0.5) ? painted.with(scene.background().pattern()) : painted;
    }

    private static List<Claim> claims(Scene scene, boolean moving, Dice dice) {
        List<Figure> figures = dice.shuffled(scene.figures());
        int told = dice.chance(ONE_FIGURE) ? 1 : figures.size();
        boolean acts = moving && scene.arrangement().interplay() == false && dice.chance(0.5);
        return figures.subList(0, told).stream().map(f -> claim(f, acts, dice)).toList();
    }

    /**
     * Up to three of the things that can be said of a figure.
     *
     * @param acts whether what it does is among them
     */
    private static Claim claim(Figure figure, boolean acts, Dice dice) {
        List<Topic> sayable = new ArrayList<>(List.of(Topic.NAME, Topic.COLOUR, Topic.TEXTURE));
        if (figure.size() != Size.CHANGING) {
            sayable.add(Topic.SIZE);
        }
        int least = acts ? 0 : 1;
        List<Topic> said = dice.shuffled(sayable).subList(0, least + dice.below(3));
        return new Claim(
                said.contains(Topic.SIZE) ? figure.size() : null,
                said.contains(Topic.TEXTURE) ? figure.texture() : null,
                said.contains(Topic.COLOUR) ? figure.colour() : null,
                said.contains(Topic.NAME) ? figure.shape() : null,
                acts ? figure.motion() : null);
    }

    static String brief(Scene scene, Wording wording) {
        return Sentences.caption(told(scene, wording), wording);
    }

    /** The figures and the background of a picture in which nothing moves. */
    static String denseStill(Scene scene, Wording wording) {
        List<String> parts = new ArrayList<>();
        parts.add("the picture has " + behind(scene));
        for (int i = 0; i < scene.figures().size(); i++) {
            Wording part = wording.part("figure" + i);
            String noun = Sentences.noun(whole(scene.figures().get(i)), part);
            String place = place(scene, i);
            parts.add("there is " + noun + (place == null ? "" : " " + place));
        }
        return sentences(wording.shuffled("order", parts));
    }

    /** Nouns only: "red star, blue circle". */
    static String summaryStill(Scene scene, Wording wording) {
        List<String> parts = new ArrayList<>();
        for (Claim claim : core(scene).claims()) {
            parts.add(Sentences.bare(claim, wording.part("clause" + parts.size())));
        }
        return String.join(", ", parts);
    }

    /** Nouns and participles only: "red star spinning, blue circle rising". */
    static String summary(Scene scene, Wording wording) {
        Statement core = core(scene);
        if (core.relation() != null) {
            return Sentences.bare(core.claims().get(0), wording.part("clause0"))
                    + " "
                    + switch (core.relation()) {
                        case PASSES -> "passing";
                        case HIDES -> "hiding";
                        default -> "orbiting";
                    }
                    + " "
                    + Sentences.bare(core.claims().get(1), wording.part("clause1"));
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < core.claims().size(); i++) {
            Claim claim = core.claims().get(i);
            Wording part = wording.part("clause" + i);
            parts.add(Sentences.bare(claim, part) + " " + Lexicon.participle(claim.motion(), part));
        }
        return String.join(", ", parts);
    }

    /** All that is true, in several sentences. */
    static String dense(Scene scene, Wording wording) {
        List<String> parts = new ArrayList<>();
        String behind = behind(scene);
        parts.add(
                wording.pick(
                        "behind",
                        List.of(
                                "the clip has " + behind,
                                "there is " + behind,
                                "everything happens in front of " + behind)));
        parts.add(Lexicon.camera(scene.camera(), wording));
        if (wording.chance("figures first", 0.5)) {
            parts.addAll(0, figures(scene, wording));
        } else {
            parts.addAll(figures(scene, wording));
        }
        return sentences(parts);
    }

    private static String behind(Scene scene) {
        return Lexicon.indefinite(
                Lexicon.words(scene.background().pattern()).get(0)
                        + " "
                        + Lexicon.words(scene.background().paint()).get(0)
                        + " background");
    }

    private static String sentences(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(Character.toUpperCase(part.charAt(0)))
                    .append(part.substring(1))
                    .append('.');
        }
        return text.toString();
    }

    private static List<String> figures(Scene scene, Wording wording) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < scene.figures().size(); i++) {
            Figure figure = scene.figures().get(i);
            Wording part = wording.part("figure" + i);
            String noun = Sentences.noun(whole(figure), part);
            String verb = Lexicon.verb(figure.motion(), part);
            String place = place(scene, i);
            if (place == null) {
                sentences.add(noun + " " + verb);
            } else {
                sentences.add(
                        part.chance("place first", 0.5)
                                ? place + ", " + noun + " " + verb
                                : noun + " " + place + " " + verb);
            }
        }
        if (scene.arrangement().interplay()) {
            Statement core = core(scene);
            sentences.add(Sentences.caption(core, wording.part("interplay")));
        }
        return sentences;
    }

    /** All but the motion. */
    static Claim whole(Figure figure) {
        return new Claim(
                figure.size() == Size.CHANGING ? null : figure.size(),
                figure.texture(),
                figure.colour(),
                figure.shape(),
                null);
    }

    private static String place(Scene scene, int figure) {
        List<String> ends =
                switch (scene.arrangement()) {
                    case ROW -> ROW_PLACES;
                    case COLUMN -> COLUMN_PLACES;
                    default -> null;
                };
        if (ends == null) {
            return null;
        }
        int last = scene.figures().size() - 1;
        return figure == 0 ? ends.get(0) : figure == last ? ends.get(1) : "in the middle";
    }
}
