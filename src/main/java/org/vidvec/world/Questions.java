package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Every question that has one right answer in a scene. */
final class Questions {

    private static final String YES = "yes";
    private static final String NO = "no";

    private Questions() {}

    /**
     * In a fixed order.
     *
     * @param moving false for a picture: nothing is asked of motion and camera
     */
    static List<Question> of(Scene scene, boolean moving, Wording wording) {
        List<Question> all = new ArrayList<>();
        all.add(
                new Question(
                        wording.pick(
                                "how many",
                                List.of(
                                        "how many figures are there?",
                                        "how many figures does the clip show?")),
                        Lexicon.number(scene.figures().size())));
        all.add(
                new Question(
                        wording.pick(
                                "background",
                                List.of(
                                        "what colour is the background?",
                                        "which colour does the background have?")),
                        Lexicon.plain(scene.background().paint())));
        all.add(
                new Question(
                        "what pattern does the background have?",
                        Lexicon.words(scene.background().pattern()).get(0)));
        if (moving) {
            all.add(aboutCamera(scene.camera()));
        }
        for (int i = 0; i < scene.figures().size(); i++) {
            aboutFigure(scene, i, moving, wording, all);
        }
        if (scene.figures().size() > 1) {
            aboutPlaces(scene, wording, all);
        }
        return all;
    }

    private static Question aboutCamera(Camera camera) {
        return new Question(
                "what does the camera do?",
                switch (camera) {
                    case STEADY -> "nothing";
                    case PAN_LEFT -> "pans left";
                    case PAN_RIGHT -> "pans right";
                });
    }

    private static void aboutFigure(
            Scene scene, int index, boolean moving, Wording wording, List<Question> all) {
        Figure figure = scene.figures().get(index);
        Wording part = wording.part("figure" + index);
        String shape = part.pick("shape", Lexicon.words(figure.shape()));
        if (alone(scene, figure, false)) {
            all.add(
                    new Question(
                            "what colour is the " + shape + "?",
                            answer(figure.colour()),
                            Topic.COLOUR));
            aboutNoun(shape, figure, moving, part, all);
        }
        if (alone(scene, figure, true)) {
            String colour = part.pick("colour", Lexicon.words(figure.colour()));
            all.add(
                    new Question(
                            part.pick("which", List.of("what shape is the ", "what is the "))
                                    + colour
                                    + " figure?",
                            Lexicon.words(figure.shape()).get(0),
                            Topic.NAME));
            aboutNoun(colour + " figure", figure, moving, part.part("by colour"), all);
        }
    }

    private static void aboutNoun(
            String noun, Figure figure, boolean moving, Wording wording, List<Question> all) {
        if (moving) {
            all.add(
                    new Question(
                            wording.chance("does", 0.7)
                                    ? "what does the " + noun + " do?"
                                    : "how does the " + noun + " behave?",
                            Lexicon.answer(figure.motion()),
                            Topic.MOTION));
        }
        if (figure.size() != Size.CHANGING) {
            all.add(
                    new Question(
                            "how big is the " + noun + "?",
                            Lexicon.plain(figure.size()),
                            Topic.SIZE));
        }
        if (figure.size() == Size.LARGE) {
            all.add(
                    new Question(
                            "what texture does the " + noun + " have?",
                            Lexicon.plain(figure.texture()),
                            Topic.TEXTURE));
        }
    }

    /** Whether no other figure has its colour, or its shape. */
    private static boolean alone(Scene scene, Figure figure, boolean byColour) {
        return scene.figures().stream()
                        .filter(
                                f ->
                                        byColour
                                                ? f.colour() == figure.colour()
                                                : f.shape() == figure.shape())
                        .count()
                == 1;
    }

    private static void aboutPlaces(Scene scene, Wording wording, List<Question> all) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < scene.figures().size(); i++) {
            Figure figure = scene.figures().get(i);
            Claim claim = new Claim(null, null, figure.colour(), figure.shape(), null);
            names.add("the " + Sentences.bare(claim, wording.part("figure" + i)));
        }
        String first = names.get(0);
        String last = names.get(names.size() - 1);
        Relation relation =
                switch (scene.arrangement()) {
                    case ROW -> Relation.LEFT_OF;
                    case COLUMN -> Relation.ABOVE;
                    default -> Relation.valueOf(scene.arrangement().name());
                };
        if (relation.interplay()) {
            String infinitive = Lexicon.infinitive(relation);
            all.add(yesNo("does " + first + " " + infinitive + " " + last + "?", true));
            all.add(yesNo("does " + last + " " + infinitive + " " + first + "?", false));
            return;
        }
        String place = wording.pick("relation", Lexicon.active(relation));
        String other =
                wording.pick(
                        "relation", Lexicon.active(Objects.requireNonNull(relation.converse())));
        all.add(yesNo("is " + first + " " + place + " " + last + "?", true));
        all.add(yesNo("is " + first + " " + other + " " + last + "?", false));
        all.add(yesNo("is " + last + " " + other + " " + first + "?", true));
        all.add(yesNo("is " + last + " " + place + " " + first + "?", false));
    }

    private static Question yesNo(String text, boolean yes) {
        return new Question(text, yes ? YES : NO, Topic.PLACE);
    }

    private static String answer(Colour colour) {
        return Lexicon.words(colour).get(0);
    }
}
