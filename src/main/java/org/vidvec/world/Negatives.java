package org.vidvec.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
            slots.add(slot(Topic.PLACE, Relation.values(), truth::with));
        }
        if (truth.paint() != null) {
            slots.add(slot(Topic.WHOLE, Background.Paint.values(), truth::with));
        }
        if (truth.pattern() != null) {
            slots.add(slot(Topic.WHOLE, Background.Pattern.values(), truth::with));
        }
        return slots;
    }

    private static void claimSlots(Statement truth, int index, List<Slot> slots) {
        Claim claim = truth.claims().get(index);
        if (claim.shape() != null) {
            slots.add(slot(Topic.NAME, Shape.values(), s -> truth.with(index, claim.withShape(s))));
        }
        if (claim.colour() != null) {
            slots.add(
                    slot(
                            Topic.COLOUR,
                            Colour.values(),
                            c -> truth.with(index, claim.withColour(c))));
        }
        if (claim.motion() != null) {
            slots.add(
                    slot(
                            Topic.MOTION,
                            Motion.values(),
                            m -> truth.with(index, claim.withMotion(m))));
        }
        if (claim.size() != null) {
            Size other = claim.size() == Size.SMALL ? Size.LARGE : Size.SMALL;
            slots.add(new Slot(Topic.SIZE, List.of(truth.with(index, claim.withSize(other)))));
        }
        if (claim.texture() != null) {
            slots.add(
                    slot(
                            Topic.TEXTURE,
                            Texture.values(),
                            x -> truth.with(index, claim.withTexture(x))));
        }
    }

    private static <E> Slot slot(Topic topic, E[] values, Function<E, Statement> said) {
        return new Slot(topic, Arrays.stream(values).map(said).toList());
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
