package org.vidvec.world;

/** What a text may say of two figures, the first being its subject. */
public enum Relation {
    LEFT_OF,
    RIGHT_OF,
    ABOVE,
    BELOW,
    PASSES,
    HIDES,
    ORBITS;

    /** Whether {@code a} of a scene stands in this relation to {@code b}; exact. */
    boolean holds(Scene scene, int a, int b) {
        return switch (this) {
            case LEFT_OF -> scene.arrangement() == Arrangement.ROW && a < b;
            case RIGHT_OF -> scene.arrangement() == Arrangement.ROW && a > b;
            case ABOVE -> scene.arrangement() == Arrangement.COLUMN && a < b;
            case BELOW -> scene.arrangement() == Arrangement.COLUMN && a > b;
            case PASSES -> scene.arrangement() == Arrangement.PASSES && a == 0;
            case HIDES -> scene.arrangement() == Arrangement.HIDES && a == 0;
            case ORBITS -> scene.arrangement() == Arrangement.ORBITS && a == 0;
        };
    }

    /** Whether somebody might say so: places that the arrangement leaves open may be anything. */
    boolean admitted(Scene scene, int a, int b) {
        if (holds(scene, a, b)) {
            return true;
        }
        return switch (this) {
            case LEFT_OF, RIGHT_OF -> scene.arrangement() != Arrangement.ROW;
            case ABOVE, BELOW -> scene.arrangement() != Arrangement.COLUMN;
            case PASSES -> goesPast(scene, a);
            case HIDES, ORBITS -> false;
        };
    }

    /** What goes sideways above another passes it as well. */
    private static boolean goesPast(Scene scene, int a) {
        Motion motion = scene.figures().get(a).motion();
        return switch (scene.arrangement()) {
            case ROW -> motion.dy() != 0;
            case COLUMN -> motion.dx() != 0;
            default -> false;
        };
    }

    /** The same said from the other figure, or null if it takes the passive voice. */
    Relation converse() {
        return switch (this) {
            case LEFT_OF -> RIGHT_OF;
            case RIGHT_OF -> LEFT_OF;
            case ABOVE -> BELOW;
            case BELOW -> ABOVE;
            case PASSES, HIDES, ORBITS -> null;
        };
    }

    /** Whether it is something done, not a place. */
    boolean interplay() {
        return converse() == null;
    }
}
