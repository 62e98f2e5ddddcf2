package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Statements that are plainly false of a scene and told almost like a true one. */
final class Negatives {

    private Negatives() {}

    /**
     * A statement that is false of the scene and differs in one word from the true one in the same
     * wording. Which kind of word (shape, colour, size, texture, motion, relation, background) is
     * thrown first, so that all come up alike.
     *
     * @param truth holds for the scene
     * @return null if no word of it can be replaced
     */
    static Statement near(Scene scene, Statement truth, Wording wording, Dice dice) {
        String told = Sentences.caption(truth, wording);
        for (List<Statement> slot : dice.shuffled(slots(truth))) {
            for (Statement candidate : dice.shuffled(slot)) {
                if (candidate.admitted(scene) == false
                        && differInOneWord(told, Sentences.caption(candidate, wording))) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /**
     * A false claim about one attribute of a figure that is not there: "there is a star".
     *
     * @param moving false for a picture: nothing is claimed of motion
     */
    static Statement attribute(Scene scene, boolean moving, Dice dice) {
        while (true) {
            Statement statement = Statement.of(attribute(moving, dice));
            if (statement.admitted(scene) == false) {
                return statement;
            }
        }
    }

    private static Claim attribute(boolean moving, Dice dice) {
        return switch (dice.below(moving ? 3 : 2)) {
            case 0 -> new Claim(null, null, null, dice.pick(Shape.values()), null);
            case 1 -> new Claim(null, null, dice.pick(Colour.values()), null, null);
            default -> new Claim(null, null, null, null, dice.pick(Motion.values()));
        };
    }

    /** One list of changed statements for each thing that the statement says. */
    private static List<List<Statement>> slots(Statement truth) {
        List<List<Statement>> slots = new ArrayList<>();
        for (int i = 0; i < truth.claims().size(); i++) {
            claimSlots(truth, i, slots);
        }
        if (truth.relation() != null) {
            List<Statement> others = new ArrayList<>();
            for (Relation relation : Relation.values()) {
                others.add(truth.with(relation));
            }
            slots.add(others);
        }
        if (truth.paint() != null) {
            List<Statement> others = new ArrayList<>();
            for (Background.Paint paint : Background.Paint.values()) {
                others.add(truth.with(paint));
            }
            slots.add(others);
        }
        if (truth.pattern() != null) {
            List<Statement> others = new ArrayList<>();
            for (Background.Pattern pattern : Background.Pattern.values()) {
                others.add(truth.with(pattern));
            }
            slots.add(others);
        }
        return slots;
    }

    private static void claimSlots(Statement truth, int index, List<List<Statement>> slots) {
        Claim claim = truth.claims().get(index);
        List<Statement> shapes = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            shapes.add(truth.with(index, claim.withShape(shape)));
        }
        List<Statement> colours = new ArrayList<>();
        for (Colour colour : Colour.values()) {
            colours.add(truth.with(index, claim.withColour(colour)));
        }
        slots.add(shapes);
        slots.add(colours);
        if (claim.motion() != null) {
            List<Statement> motions = new ArrayList<>();
            for (Motion motion : Motion.values()) {
                motions.add(truth.with(index, claim.withMotion(motion)));
            }
            slots.add(motions);
        }
        if (claim.size() != null) {
            Size other = claim.size() == Size.SMALL ? Size.LARGE : Size.SMALL;
            slots.add(List.of(truth.with(index, claim.withSize(other))));
        }
        if (claim.texture() != null) {
            List<Statement> textures = new ArrayList<>();
            for (Texture texture : Texture.values()) {
                textures.add(truth.with(index, claim.withTexture(texture)));
            }
            slots.add(textures);
        }
    }

    /** The article follows the word behind it and does not count. */
    static boolean differInOneWord(String a, String b) {
        String[] x = a.split(" ");
        String[] y = b.split(" ");
        int different = 0;
        for (int i = 0; i < x.length && x.length == y.length; i++) {
            boolean articles = isArticle(x[i]) && isArticle(y[i]);
            different += x[i].equals(y[i]) || articles ? 0 : 1;
        }
        return x.length == y.length && different == 1;
    }

    private static boolean isArticle(String word) {
        return word.equals("a") || word.equals("an");
    }
}
