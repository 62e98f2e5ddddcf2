package org.vidvec.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Statements that are plainly false of a scene and told almost like a true one. */
final class Negatives {

    private Negatives() {}

    /**
     * A statement that is false of the scene and differs in one word from the true one in the same
     * wording. Which kind of word (shape, colour, size, texture, motion, relation, background) is
     * thrown first, so that all come up alike, or as often as is asked for.
     *
     * @param truth holds for the scene
     * @param wrong how often each topic comes up, against the others; empty for all alike
     * @return null if no word of it can be replaced
     */
    static Statement near(
            Scene scene, Statement truth, Wording wording, Map<Topic, Double> wrong, Dice dice) {
        String told = Sentences.caption(truth, wording);
        for (Slot slot : inTurn(slots(truth), wrong, dice)) {
            for (Statement candidate : dice.shuffled(slot.statements())) {
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
            default -> Claim.of(dice.pick(Motion.values()));
        };
    }

    /** The statements that differ in one thing that is said. */
    private record Slot(Topic topic, List<Statement> statements) {}

    /** Drawn one after the other by their topics' shares; those without one come last. */
    private static List<Slot> inTurn(List<Slot> slots, Map<Topic, Double> wrong, Dice dice) {
        List<Slot> order = dice.shuffled(slots);
        if (wrong.isEmpty()) {
            return order;
        }
        // the first of exponential waiting times is each one as often as its rate says
        record Waiting(Slot slot, double time) {}
        return order.stream()
                .map(slot -> new Waiting(slot, wait(wrong.getOrDefault(slot.topic(), 0.), dice)))
                .sorted(Comparator.comparingDouble(Waiting::time))
                .map(Waiting::slot)
                .toList();
    }

    private static double wait(double rate, Dice dice) {
        return -StrictMath.log(1 - dice.between(0, 1)) / rate;
    }

    /** One for each thing that the statement says. */
    private static List<Slot> slots(Statement truth) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < truth.claims().size(); i++) {
            claimSlots(truth, i, slots);
        }
        if (truth.relation() != null) {
            List<Statement> others = new ArrayList<>();
            for (Relation relation : Relation.values()) {
                others.add(truth.with(relation));
            }
            slots.add(new Slot(Topic.PLACE, others));
        }
        if (truth.paint() != null) {
            List<Statement> others = new ArrayList<>();
            for (Background.Paint paint : Background.Paint.values()) {
                others.add(truth.with(paint));
            }
            slots.add(new Slot(Topic.WHOLE, others));
        }
        if (truth.pattern() != null) {
            List<Statement> others = new ArrayList<>();
            for (Background.Pattern pattern : Background.Pattern.values()) {
                others.add(truth.with(pattern));
            }
            slots.add(new Slot(Topic.WHOLE, others));
        }
        return slots;
    }

    private static void claimSlots(Statement truth, int index, List<Slot> slots) {
        Claim claim = truth.claims().get(index);
        if (claim.shape() != null) {
            List<Statement> shapes = new ArrayList<>();
            for (Shape shape : Shape.values()) {
                shapes.add(truth.with(index, claim.withShape(shape)));
            }
            slots.add(new Slot(Topic.NAME, shapes));
        }
        if (claim.colour() != null) {
            List<Statement> colours = new ArrayList<>();
            for (Colour colour : Colour.values()) {
                colours.add(truth.with(index, claim.withColour(colour)));
            }
            slots.add(new Slot(Topic.COLOUR, colours));
        }
        if (claim.motion() != null) {
            List<Statement> motions = new ArrayList<>();
            for (Motion motion : Motion.values()) {
                motions.add(truth.with(index, claim.withMotion(motion)));
            }
            slots.add(new Slot(Topic.MOTION, motions));
        }
        if (claim.size() != null) {
            Size other = claim.size() == Size.SMALL ? Size.LARGE : Size.SMALL;
            slots.add(new Slot(Topic.SIZE, List.of(truth.with(index, claim.withSize(other)))));
        }
        if (claim.texture() != null) {
            List<Statement> textures = new ArrayList<>();
            for (Texture texture : Texture.values()) {
                textures.add(truth.with(index, claim.withTexture(texture)));
            }
            slots.add(new Slot(Topic.TEXTURE, textures));
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
