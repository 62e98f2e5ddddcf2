package org.vidvec.world;

/**
 * Where a figure is at one moment.
 *
 * @param x middle, in parts of the picture's width
 * @param y middle, in parts of the picture's height
 * @param radius in parts of the shorter side
 * @param angle in radians, clockwise
 * @param visible false while it is blinked off
 */
record Pose(double x, double y, double radius, double angle, boolean visible) {}
