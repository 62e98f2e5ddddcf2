package org.vidvec.world;

/**
 * Whether the camera turns. The figures go with it: their motions are those within the picture, and
 * the background slides the other way.
 */
public enum Camera {
    STEADY(0),
    PAN_LEFT(-1),
    PAN_RIGHT(1);

    private final int dx;

    Camera(int dx) {
        this.dx = dx;
    }

    /**
     * @return -1 to the left, 1 to the right, 0 steady
     */
    int dx() {
        return dx;
    }
}
