package org.vidvec.world;

import java.util.List;
import java.util.Locale;

/** The words for what the world holds; the first of each list is the plain one, used in answers. */
final class Lexicon {

    private static final List<String> MOVES = List.of("moves", "slides", "drifts", "glides");
    private static final List<String> MOVING = List.of("moving", "sliding", "drifting", "gliding");

    private static final List<String> NUMBERS = List.of("no", "one", "two", "three");

    private Lexicon() {}

    static List<String> words(Shape shape) {
        return switch (shape) {
            case CIRCLE -> List.of("circle", "disc");
            case SQUARE -> List.of("square", "box");
            case CROSS -> List.of("cross", "plus");
            case RING -> List.of("ring", "hoop");
            case DIAMOND -> List.of("diamond", "rhombus");
            case MOON -> List.of("moon", "crescent");
            case TRIANGLE, STAR, HEART -> List.of(plain(shape));
        };
    }

    static List<String> words(Colour colour) {
        return switch (colour) {
            case PURPLE -> List.of("purple", "violet");
            case CYAN -> List.of("cyan", "turquoise");
            default -> List.of(plain(colour));
        };
    }

    static List<String> words(Size size) {
        return switch (size) {
            case SMALL -> List.of("small", "little", "tiny");
            case LARGE -> List.of("large", "big", "huge");
            case CHANGING -> throw new IllegalArgumentException("no word for " + size);
        };
    }

    static List<String> words(Texture texture) {
        return switch (texture) {
            case PLAIN -> List.of("plain", "plain");
            case STRIPED -> List.of("striped", "stripy");
            case DOTTED -> List.of("dotted", "spotted");
        };
    }

    static List<String> words(Background.Paint paint) {
        return List.of(plain(paint));
    }

    /** An adjective of the background. */
    static List<String> words(Background.Pattern pattern) {
        return switch (pattern) {
            case PLAIN -> List.of("plain");
            case GRID -> List.of("gridded");
            case CHECKED -> List.of("checkered");
        };
    }

    /** A verb in one word, or null if it takes a direction. */
    static List<String> verbs(Motion motion) {
        return switch (motion) {
            case STILL -> List.of("rests", "stays", "stands");
            case UP -> List.of("rises", "climbs", "ascends");
            case DOWN -> List.of("sinks", "falls", "descends");
            case GROW -> List.of("grows", "expands", "swells");
            case SHRINK -> List.of("shrinks", "contracts", "dwindles");
            case SPIN -> List.of("spins", "rotates", "turns");
            case BLINK -> List.of("blinks", "flashes", "flickers");
            case BOUNCE -> List.of("bounces", "hops", "jumps");
            case ORBIT -> List.of("circles", "loops", "wheels");
            default -> null;
        };
    }

    /** The same verbs as participles, in the same order. */
    static List<String> participles(Motion motion) {
        return switch (motion) {
            case STILL -> List.of("resting", "staying", "standing");
            case UP -> List.of("rising", "climbing", "ascending");
            case DOWN -> List.of("sinking", "falling", "descending");
            case GROW -> List.of("growing", "expanding", "swelling");
            case SHRINK -> List.of("shrinking", "contracting", "dwindling");
            case SPIN -> List.of("spinning", "rotating", "turning");
            case BLINK -> List.of("blinking", "flashing", "flickering");
            case BOUNCE -> List.of("bouncing", "hopping", "jumping");
            case ORBIT -> List.of("circling", "looping", "wheeling");
            default -> null;
        };
    }

    /** Where something goes, or null if it goes nowhere. */
    static String direction(Motion motion) {
        return switch (motion) {
            case LEFT -> "left";
            case RIGHT -> "right";
            case UP -> "up";
            case DOWN -> "down";
            case UP_LEFT -> "up and left";
            case UP_RIGHT -> "up and right";
            case DOWN_LEFT -> "down and left";
            case DOWN_RIGHT -> "down and right";
            default -> null;
        };
    }

    /** What a figure does: "moves left", "spins". */
    static String verb(Motion motion, Wording wording) {
        return motion(motion, wording, verbs(motion), MOVES);
    }

    /** The same after a noun: "moving left", "spinning". */
    static String participle(Motion motion, Wording wording) {
        return motion(motion, wording, participles(motion), MOVING);
    }

    private static String motion(
            Motion motion, Wording wording, List<String> verbs, List<String> moves) {
        String direction = direction(motion);
        boolean oneWord = direction == null || (verbs != null && wording.chance("one verb", 0.4));
        return oneWord
                ? wording.pick("verb", verbs)
                : wording.pick("move", moves) + " " + direction;
    }

    /** The plain way to say what a figure does, for answers. */
    static String answer(Motion motion) {
        String direction = direction(motion);
        return direction == null ? verbs(motion).get(0) : MOVES.get(0) + " " + direction;
    }

    /** Between a subject and an object; the object is the figure that it refers to. */
    static List<String> active(Relation relation) {
        return switch (relation) {
            case LEFT_OF -> List.of("left of", "to the left of");
            case RIGHT_OF -> List.of("right of", "to the right of");
            case ABOVE -> List.of("above", "over");
            case BELOW -> List.of("below", "under");
            case PASSES -> List.of("passes", "bypasses");
            case HIDES -> List.of("hides", "covers");
            case ORBITS -> List.of("orbits");
        };
    }

    /** "does the star pass the circle?"; of what is done, not of places. */
    static String infinitive(Relation relation) {
        return switch (relation) {
            case PASSES -> "pass";
            case HIDES -> "hide";
            case ORBITS -> "orbit";
            default -> throw new IllegalArgumentException(relation + " is no verb");
        };
    }

    /** Between an object and its subject; null where there is a converse instead. */
    static List<String> passive(Relation relation) {
        return switch (relation) {
            case PASSES -> List.of("is passed by", "is bypassed by");
            case HIDES -> List.of("is hidden by", "is covered by");
            case ORBITS -> List.of("is orbited by");
            default -> null;
        };
    }

    static String camera(Camera camera, Wording wording) {
        return switch (camera) {
            case STEADY ->
                    wording.pick(
                            "camera", List.of("the camera is steady", "the camera does not move"));
            case PAN_LEFT ->
                    wording.pick(
                            "camera", List.of("the camera pans left", "the camera turns left"));
            case PAN_RIGHT ->
                    wording.pick(
                            "camera", List.of("the camera pans right", "the camera turns right"));
        };
    }

    static String number(int n) {
        return NUMBERS.get(n);
    }

    /** With "a" or "an" before it. */
    static String indefinite(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    static String plain(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
