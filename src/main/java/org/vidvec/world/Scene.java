package org.vidvec.world;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is true of a clip: all of it, and exactly. How it is filmed (places, noise, phases) is up to
 * the take.
 *
 * @param figures one to three; in a {@link Arrangement#ROW} from left to right, in a column from
 *     the top; else the first acts on the second
 */
public record Scene(
        Background background, Camera camera, Arrangement arrangement, List<Figure> figures) {

    static final int MOST_FIGURES = 3;

    /**
     * @throws IllegalArgumentException if it can't be seen or shown; see {@link #fault}
     */
    public Scene {
        figures = List.copyOf(figures);
        String fault = fault(background, camera, arrangement, figures);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /**
     * @return null if such a scene can be shown
     */
    static String fault(
            Background background, Camera camera, Arrangement arrangement, List<Figure> figures) {
        if (camera != Camera.STEADY && background.pattern() == Background.Pattern.PLAIN) {
            return "nobody sees a camera pan over a plain background";
        }
        for (int i = 0; i < figures.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (figures.get(i).looksLike(figures.get(j))) {
                    return "two figures have the same shape and colour";
                }
            }
        }
        return switch (arrangement) {
            case ALONE -> figures.size() == 1 ? room(arrangement, figures) : "one figure is alone";
            case ROW, COLUMN ->
                    figures.size() >= 2 && figures.size() <= MOST_FIGURES
                            ? room(arrangement, figures)
                            : "a row or column takes two or three figures";
            case PASSES, HIDES, ORBITS ->
                    figures.size() == 2
                            ? interplay(arrangement, figures.get(0), figures.get(1))
                            : "it takes two figures";
        };
    }

    private static String room(Arrangement arrangement, List<Figure> figures) {
        for (Figure figure : figures) {
            if (Cell.of(arrangement, 0, figures.size()).hasRoom(figure, figures.size()) == false) {
                return "no room to see [" + figure.motion() + "]";
            }
        }
        return null;
    }

    private static String interplay(Arrangement arrangement, Figure first, Figure second) {
        if (second.motion() != Motion.STILL) {
            return "the second figure must be still";
        }
        return switch (arrangement) {
            case PASSES -> first.motion().straight() ? null : "it passes straight";
            case HIDES ->
                    first.motion().straight()
                                    && first.shape().solid()
                                    && first.size() == Size.LARGE
                                    && second.size() == Size.SMALL
                            ? null
                            : "a large, solid figure moves over a small one";
            default ->
                    first.motion() == Motion.ORBIT && first.size() == Size.SMALL
                            ? null
                            : "a small figure orbits";
        };
    }

    /** The same with another figure in a place. */
    Scene with(int index, Figure figure) {
        List<Figure> changed = new java.util.ArrayList<>(figures);
        changed.set(index, figure);
        return new Scene(background, camera, arrangement, changed);
    }

    /** All that is true of it, in one fixed form: two scenes are equal if and only if these are. */
    public String canonical() {
        return content() + " | " + background.paint() + " " + background.pattern() + " " + camera;
    }

    /**
     * What is true of the figures, in one fixed form, whatever is behind them. Splits are made by
     * this, so that no training clip shows the figures of a test clip on another background.
     */
    public String content() {
        return arrangement
                + ": "
                + figures.stream().map(Figure::canonical).collect(Collectors.joining("; "));
    }
}
