package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Draws scenes of a split; every scene that can be shown comes up. */
final class SceneSampler {

    private static final double PANS = 0.3;

    private static final List<Motion> STRAIGHT =
            List.of(Motion.LEFT, Motion.RIGHT, Motion.UP, Motion.DOWN);

    private static final List<Size> SIZES = List.of(Size.SMALL, Size.LARGE);

    private final Split split;

    SceneSampler(Split split) {
        this.split = split;
    }

    Scene scene(Dice dice) {
        return scene(dice, background(dice));
    }

    /** A scene in front of a background that is given. */
    Scene scene(Dice dice, Background background) {
        while (true) {
            Arrangement arrangement = arrangement(dice);
            List<Figure> figures = figures(dice, arrangement);
            Camera camera = camera(dice, background);
            if (Scene.fault(background, camera, arrangement, figures) == null) {
                Scene scene = new Scene(background, camera, arrangement, figures);
                if (holds(scene)) {
                    return scene;
                }
            }
        }
    }

    /** A scene of so many figures. */
    Scene scene(Dice dice, int fewest, int most) {
        Scene scene = scene(dice);
        while (scene.figures().size() < fewest || scene.figures().size() > most) {
            scene = scene(dice);
        }
        return scene;
    }

    /** A scene in which nothing moves, for an image. */
    Scene still(Dice dice) {
        return still(dice, 1, Scene.MOST_FIGURES);
    }

    /** The same of so many figures. */
    Scene still(Dice dice, int fewest, int most) {
        while (true) {
            int n = fewest + dice.below(most - fewest + 1);
            Arrangement arrangement =
                    n == 1
                            ? Arrangement.ALONE
                            : dice.chance(0.5) ? Arrangement.ROW : Arrangement.COLUMN;
            List<Figure> figures = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                figures.add(figure(dice, Motion.STILL, dice.pick(SIZES)));
            }
            Background background = background(dice);
            if (Scene.fault(background, Camera.STEADY, arrangement, figures) == null) {
                Scene scene = new Scene(background, Camera.STEADY, arrangement, figures);
                if (holds(scene)) {
                    return scene;
                }
            }
        }
    }

    /** Whether a scene is of this split. */
    boolean holds(Scene scene) {
        return Split.of(scene.content()) == split;
    }

    static Background background(Dice dice) {
        return new Background(
                dice.pick(Background.Paint.values()), dice.pick(Background.Pattern.values()));
    }

    private static Camera camera(Dice dice, Background background) {
        boolean plain = background.pattern() == Background.Pattern.PLAIN;
        return plain || dice.chance(1 - PANS)
                ? Camera.STEADY
                : dice.chance(0.5) ? Camera.PAN_LEFT : Camera.PAN_RIGHT;
    }

    private static Arrangement arrangement(Dice dice) {
        // of 10: alone 4, row 2, column 2, interplay 2
        return switch (dice.below(10)) {
            case 0, 1, 2, 3 -> Arrangement.ALONE;
            case 4, 5 -> Arrangement.ROW;
            case 6, 7 -> Arrangement.COLUMN;
            default ->
                    dice.pick(List.of(Arrangement.PASSES, Arrangement.HIDES, Arrangement.ORBITS));
        };
    }

    private static List<Figure> figures(Dice dice, Arrangement arrangement) {
        List<Figure> figures = new ArrayList<>();
        switch (arrangement) {
            case ALONE -> figures.add(figure(dice));
            case ROW, COLUMN -> {
                int n = dice.chance(0.7) ? 2 : Scene.MOST_FIGURES;
                for (int i = 0; i < n; i++) {
                    figures.add(figure(dice));
                }
            }
            case PASSES -> {
                figures.add(figure(dice, dice.pick(STRAIGHT), dice.pick(SIZES)));
                figures.add(figure(dice, Motion.STILL, dice.pick(SIZES)));
            }
            case HIDES -> {
                figures.add(figure(dice, dice.pick(STRAIGHT), Size.LARGE));
                figures.add(figure(dice, Motion.STILL, Size.SMALL));
            }
            case ORBITS -> {
                figures.add(figure(dice, Motion.ORBIT, Size.SMALL));
                figures.add(figure(dice, Motion.STILL, dice.pick(SIZES)));
            }
        }
        return figures;
    }

    private static Figure figure(Dice dice) {
        while (true) {
            Motion motion = dice.pick(Motion.values());
            Size size = motion.changesSize() ? Size.CHANGING : dice.pick(SIZES);
            Shape shape = dice.pick(Shape.values());
            Texture texture = texture(dice, size);
            if (Figure.spinsUnseen(shape, texture, motion) == false) {
                return new Figure(shape, dice.pick(Colour.values()), size, texture, motion);
            }
        }
    }

    private static Figure figure(Dice dice, Motion motion, Size size) {
        return new Figure(
                dice.pick(Shape.values()),
                dice.pick(Colour.values()),
                size,
                texture(dice, size),
                motion);
    }

    private static Texture texture(Dice dice, Size size) {
        return size != Size.LARGE || dice.chance(0.3) ? Texture.PLAIN : dice.pick(Texture.values());
    }
}
