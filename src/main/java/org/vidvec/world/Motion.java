package org.vidvec.world;

/** What a {@link Figure} does within the picture. */
public enum Motion {
    STILL(0, 0),
    LEFT(-1, 0),
    RIGHT(1, 0),
    UP(0, -1),
    DOWN(0, 1),
    UP_LEFT(-1, -1),
    UP_RIGHT(1, -1),
    DOWN_LEFT(-1, 1),
    DOWN_RIGHT(1, 1),
    GROW(0, 0),
    SHRINK(0, 0),
    SPIN(0, 0),
    BLINK(0, 0),
    /** Twice up and down again. */
    BOUNCE(0, 0),
    /** Once around in a circle. */
    ORBIT(0, 0);

    private final int dx;
    private final int dy;

    Motion(int dx, int dy) {
        this.dx = dx;
        this.dy = dy;
    }

    /**
     * @return -1 to the left, 1 to the right, 0 neither
     */
    int dx() {
        return dx;
    }

    /**
     * @return -1 up, 1 down, 0 neither
     */
    int dy() {
        return dy;
    }

    /** Whether it goes from one place to another. */
    boolean travels() {
        return dx != 0 || dy != 0;
    }

    /** Whether it goes along one axis. */
    boolean straight() {
        return travels() && (dx == 0 || dy == 0);
    }

    boolean changesSize() {
        return this == GROW || this == SHRINK;
    }

    /**
     * Whether who sees this motion might say {@code claim}: what goes up and left goes left as
     * well, what bounces goes up, and what spins stays where it is.
     */
    boolean admits(Motion claim) {
        if (this == claim) {
            return true;
        }
        if (this == BOUNCE) {
            return claim == UP || claim == DOWN;
        }
        if (this == GROW || this == SHRINK || this == SPIN || this == BLINK) {
            return claim == STILL;
        }
        boolean part = claim.travels() && travels();
        return part && (claim.dx == 0 || claim.dx == dx) && (claim.dy == 0 || claim.dy == dy);
    }
}
