package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a caption word by word and says whether it is true of a scene, from tables of its own: it
 * shares nothing with what writes captions. Throws on a text that it can't read.
 */
final class SpokenTruth {

    private static final Map<String, String> SIZES =
            words("SMALL small little tiny", "LARGE large big huge");
    private static final Map<String, String> TEXTURES =
            words("PLAIN plain", "STRIPED striped stripy", "DOTTED dotted spotted");
    private static final Map<String, String> COLOURS =
            words(
                    "RED red",
                    "ORANGE orange",
                    "YELLOW yellow",
                    "GREEN green",
                    "CYAN cyan turquoise",
                    "BLUE blue",
                    "PURPLE purple violet",
                    "PINK pink",
                    "WHITE white");
    private static final Map<String, String> SHAPES =
            words(
                    "CIRCLE circle disc",
                    "SQUARE square box",
                    "TRIANGLE triangle",
                    "STAR star",
                    "CROSS cross plus",
                    "RING ring hoop",
                    "DIAMOND diamond rhombus",
                    "HEART heart",
                    "MOON moon crescent");
    private static final Map<String, String> VERBS =
            words(
                    "STILL rests stays stands resting staying standing",
                    "UP rises climbs ascends rising climbing ascending",
                    "DOWN sinks falls descends sinking falling descending",
                    "GROW grows expands swells growing expanding swelling",
                    "SHRINK shrinks contracts dwindles shrinking contracting dwindling",
                    "SPIN spins rotates turns spinning rotating turning",
                    "BLINK blinks flashes flickers blinking flashing flickering",
                    "BOUNCE bounces hops jumps bouncing hopping jumping",
                    "ORBIT circles loops wheels circling looping wheeling");
    private static final String MOVES =
            "(?:moves|slides|drifts|glides|moving|sliding|drifting|gliding)";
    private static final Map<String, String> RELATIONS =
            words(
                    "PASSES passes bypasses passed bypassed",
                    "HIDES hides covers hidden covered",
                    "ORBITS orbits orbited");

    private static final String NOUN =
            "an? ((?:[a-z]+ ){0,3}?(?:figure|" + String.join("|", SHAPES.keySet()) + "))";
    private static final String MOTION =
            "((?:"
                    + MOVES
                    + " (?:(?:up|down) and (?:left|right)|left|right|up|down))|"
                    + String.join("|", VERBS.keySet())
                    + ")";
    private static final Pattern CLAIM = Pattern.compile(NOUN + "(?: (?:that )?" + MOTION + ")?");
    private static final Pattern PLACE =
            Pattern.compile(
                    "(?:there is|on|against|in front of) an? (?:(plain|gridded|checkered) )?"
                            + "(black|grey|brown|navy) background");
    private static final Pattern SPATIAL =
            Pattern.compile("\\b(?:to the )?(left of|right of|above|over|below|under)\\b");
    private static final Pattern PASSIVE = Pattern.compile(" is ([a-z]+) by ");
    private static final Pattern ACTIVE =
            Pattern.compile(" (passes|bypasses|hides|covers|orbits) (?=an? )");

    /** What a text says of one figure; empty strings say nothing. */
    record Spoken(String size, String texture, String colour, String shape, String motion) {}

    private final List<Spoken> figures = new ArrayList<>();
    private String paint = "";
    private String pattern = "";
    private String relation = "";

    SpokenTruth(String text) {
        String rest = text;
        Matcher place = PLACE.matcher(rest);
        if (place.find()) {
            pattern = place.group(1) == null ? "" : place.group(1);
            paint = place.group(2);
            rest = (rest.substring(0, place.start()) + rest.substring(place.end())).trim();
        }
        rest = rest.replaceAll("^, ", "").replaceAll(",$", "");
        boolean swapped = false;
        Matcher passive = PASSIVE.matcher(rest);
        Matcher active = ACTIVE.matcher(rest);
        Matcher spatial = SPATIAL.matcher(rest);
        if (passive.find()) {
            relation = RELATIONS.get(passive.group(1));
            swapped = true;
        } else if (active.find()) {
            relation = RELATIONS.get(active.group(1));
        } else if (spatial.find()) {
            relation =
                    switch (spatial.group(1)) {
                        case "left of" -> "LEFT_OF";
                        case "right of" -> "RIGHT_OF";
                        case "above", "over" -> "ABOVE";
                        default -> "BELOW";
                    };
            swapped = spatial.start() == 0;
        }
        readFigures(rest);
        if (swapped) {
            figures.add(figures.remove(0));
        }
    }

    private void readFigures(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (text.startsWith("something ")) {
            figures.add(new Spoken("", "", "", "", motion(text.substring(10))));
            return;
        }
        Matcher claims = CLAIM.matcher(text);
        while (claims.find()) {
            figures.add(spoken(claims.group(1), claims.group(2)));
        }
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figure in [" + text + "]");
        }
    }

    private static Spoken spoken(String noun, String motion) {
        String[] found = {"", "", "", ""};
        List<Map<String, String>> tables = List.of(SIZES, TEXTURES, COLOURS, SHAPES);
        for (String word : noun.split(" ")) {
            boolean known = word.equals("figure");
            for (int i = 0; i < tables.size(); i++) {
                String value = tables.get(i).get(word);
                if (value != null) {
                    found[i] = value;
                    known = true;
                }
            }
            if (known == false) {
                throw new IllegalArgumentException("[" + word + "] in [" + noun + "]");
            }
        }
        return new Spoken(
                found[0], found[1], found[2], found[3], motion == null ? "" : motion(motion));
    }

    private static String motion(String words) {
        String verb = VERBS.get(words);
        return verb != null
                ? verb
                : words.replaceFirst(MOVES + " ", "")
                        .replace(" and ", "_")
                        .toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> words(String... lines) {
        Map<String, String> words = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ");
            for (int i = 1; i < parts.length; i++) {
                words.put(parts[i], parts[0]);
            }
        }
        return words;
    }

    int figures() {
        return figures.size();
    }

    boolean isTrueOf(Scene scene) {
        String painted = scene.background().paint().name().toLowerCase(Locale.ROOT);
        String patterned =
                switch (scene.background().pattern()) {
                    case PLAIN -> "plain";
                    case GRID -> "gridded";
                    case CHECKED -> "checkered";
                };
        return (paint.isEmpty() || paint.equals(painted))
                && (pattern.isEmpty() || pattern.equals(patterned))
                && assign(scene, new ArrayList<>());
    }

    private boolean assign(Scene scene, List<Integer> taken) {
        int next = taken.size();
        if (next == figures.size()) {
            return relation.isEmpty() || related(scene, taken.get(0), taken.get(1));
        }
        for (int i = 0; i < scene.figures().size(); i++) {
            if (taken.contains(i) == false && fits(figures.get(next), scene.figures().get(i))) {
                List<Integer> more = new ArrayList<>(taken);
                more.add(i);
                if (assign(scene, more)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fits(Spoken said, Figure figure) {
        return said(said.size, figure.size())
                && said(said.texture, figure.texture())
                && said(said.colour, figure.colour())
                && said(said.shape, figure.shape())
                && said(said.motion, figure.motion());
    }

    private static boolean said(String word, Enum<?> value) {
        return word.isEmpty() || word.equals(value.name());
    }

    private boolean related(Scene scene, int a, int b) {
        return switch (relation) {
            case "LEFT_OF" -> scene.arrangement() == Arrangement.ROW && a < b;
            case "RIGHT_OF" -> scene.arrangement() == Arrangement.ROW && a > b;
            case "ABOVE" -> scene.arrangement() == Arrangement.COLUMN && a < b;
            case "BELOW" -> scene.arrangement() == Arrangement.COLUMN && a > b;
            default -> scene.arrangement().name().equals(relation) && a == 0;
        };
    }
}
