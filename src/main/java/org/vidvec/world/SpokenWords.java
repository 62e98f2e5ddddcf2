package org.vidvec.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The shapes, colours and motions that a text names, and how many of them are right of a clip. For
 * texts of a model that learnt this world's words; colours of the background do not count.
 */
public final class SpokenWords {

    private static final String GROUND = "background";
    private static final List<String> MOVES =
            List.of(
                    "moves",
                    "slides",
                    "drifts",
                    "glides",
                    "moving",
                    "sliding",
                    "drifting",
                    "gliding");

    private final List<Shape> shapes = new ArrayList<>();
    private final List<Colour> colours = new ArrayList<>();
    private final List<Motion> motions = new ArrayList<>();

    /**
     * How much of a text is right.
     *
     * @param right words that are true of a figure of the clip, each figure once for each kind of
     *     word
     * @param all words that were said, or had to be said if those are more
     */
    public record Score(int right, int all) {}

    private SpokenWords(String text) {
        List<String> words = Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^a-z]+"));
        for (int i = 0; i < words.size(); i++) {
            add(words.get(i), words, i);
        }
    }

    /** Whether a word in lower case names a shape. */
    public static boolean namesShape(String word) {
        return Stream.of(Shape.values()).anyMatch(shape -> Lexicon.words(shape).contains(word));
    }

    /** "red background", "red gridded background". */
    private static boolean ofBackground(List<String> words, int at) {
        return words.subList(at, Math.min(words.size(), at + 3)).contains(GROUND);
    }

    private void add(String word, List<String> words, int at) {
        for (Shape shape : Shape.values()) {
            if (Lexicon.words(shape).contains(word)) {
                shapes.add(shape);
            }
        }
        for (Colour colour : Colour.values()) {
            if (Lexicon.words(colour).contains(word) && ofBackground(words, at) == false) {
                colours.add(colour);
            }
        }
        Motion motion = MOVES.contains(word) ? direction(words, at + 1) : verb(word);
        if (motion != null) {
            motions.add(motion);
        }
    }

    private static Motion verb(String word) {
        for (Motion motion : Motion.values()) {
            List<String> verbs = Lexicon.verbs(motion);
            if (verbs != null
                    && (verbs.contains(word) || Lexicon.participles(motion).contains(word))) {
                return motion;
            }
        }
        return null;
    }

    /** "left", "up and left"; the longest that is there. */
    private static Motion direction(List<String> words, int from) {
        String after =
                String.join(" ", words.subList(from, Math.min(words.size(), from + 3))) + " ";
        Motion found = null;
        int longest = 0;
        for (Motion motion : Motion.values()) {
            String direction = Lexicon.direction(motion);
            if (direction != null
                    && after.startsWith(direction + " ")
                    && direction.length() > longest) {
                found = motion;
                longest = direction.length();
            }
        }
        return found;
    }

    /**
     * Compares a caption with a clip.
     *
     * @throws IllegalArgumentException if it is no clip
     */
    public static Score of(Subject clip, String caption) {
        if (clip instanceof SceneSubject == false) {
            throw new IllegalArgumentException("only clips have figures");
        }
        SpokenWords said = new SpokenWords(caption);
        List<Figure> figures = ((SceneSubject) clip).scene().figures();
        List<Shape> shapes = new ArrayList<>();
        List<Colour> colours = new ArrayList<>();
        List<Motion> motions = new ArrayList<>();
        for (Figure figure : figures) {
            shapes.add(figure.shape());
            colours.add(figure.colour());
            motions.add(figure.motion());
        }
        // who passes, hides or orbits is not told to move
        boolean moves = ((SceneSubject) clip).scene().arrangement().interplay() == false;
        int right = common(said.shapes, shapes) + common(said.colours, colours);
        int all =
                Math.max(said.shapes.size(), shapes.size())
                        + Math.max(said.colours.size(), colours.size());
        if (moves) {
            right += common(said.motions, motions);
            all += Math.max(said.motions.size(), motions.size());
        }
        return new Score(right, all);
    }

    private static <T> int common(List<T> said, List<T> there) {
        List<T> left = new ArrayList<>(there);
        return (int) said.stream().filter(left::remove).count();
    }
}
