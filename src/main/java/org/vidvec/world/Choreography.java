package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Where every figure of a scene is at every moment of one take. */
final class Choreography {

    // a lane beside the middle, for passing
    private static final double LANE = 0.235;
    private static final double CROSSING = 0.33;
    private static final double ORBIT = 0.31;

    /** Part of the time after which a hiding figure has arrived. */
    private static final double ARRIVED = 0.7;

    /** On and off in eight steps, so that eight frames spread over the clip alternate. */
    private static final int BLINKS = 7;

    private static final double TURN = 2 * Math.PI;
    private static final double HOP = 0.4;

    /** A figure's way through the clip. */
    private interface Way {
        /**
         * @param u time, 0 at the first frame and 1 at the last
         */
        Pose at(double u);
    }

    private final List<Way> ways = new ArrayList<>();

    /**
     * @param dice for all that the scene leaves open
     */
    Choreography(Scene scene, Dice dice) {
        List<Figure> figures = scene.figures();
        if (scene.arrangement().interplay()) {
            interplay(scene.arrangement(), figures.get(0), figures.get(1), dice);
            return;
        }
        for (int i = 0; i < figures.size(); i++) {
            Cell cell = Cell.of(scene.arrangement(), i, figures.size());
            ways.add(inCell(figures.get(i), cell, figures.size(), dice));
        }
    }

    /**
     * @param figure index in the scene
     * @param u time, 0 at the first frame and 1 at the last
     */
    Pose at(int figure, double u) {
        return ways.get(figure).at(u);
    }

    private static Way inCell(Figure figure, Cell cell, int figures, Dice dice) {
        double radius = Cell.radius(figure.size(), figures) * dice.between(0.95, 1.0);
        double roomX = cell.roomX(radius);
        double roomY = cell.roomY(radius);
        double x = cell.x() + roomX * dice.between(-0.5, 0.5);
        double y = cell.y() + roomY * dice.between(-0.5, 0.5);
        double part = dice.between(0.85, 1);
        Motion motion = figure.motion();
        return switch (motion) {
            case STILL -> u -> new Pose(x, y, radius, 0, true);
            case GROW, SHRINK -> {
                double least = Cell.leastRadius(figures);
                boolean grows = motion == Motion.GROW;
                yield u -> new Pose(x, y, least + (radius - least) * (grows ? u : 1 - u), 0, true);
            }
            case SPIN -> {
                double sense = dice.chance(0.5) ? TURN : -TURN;
                yield u -> new Pose(x, y, radius, sense * u, true);
            }
            case BLINK -> {
                int phase = dice.below(2);
                yield u -> new Pose(x, y, radius, 0, ((int) (u * BLINKS + 0.5) + phase) % 2 == 0);
            }
            case BOUNCE -> {
                double hop = Math.min(HOP, 2 * roomY) * part;
                double ground = cell.y() + hop / 2;
                yield u -> new Pose(x, ground - hop * Math.abs(sin(TURN * u)), radius, 0, true);
            }
            case ORBIT -> {
                double around = Math.min(ORBIT, Math.min(roomX, roomY)) * part;
                yield around(cell.x(), cell.y(), around, radius, dice);
            }
            default -> {
                double fromX = motion.dx() == 0 ? x : cell.x() - motion.dx() * roomX * part;
                double fromY = motion.dy() == 0 ? y : cell.y() - motion.dy() * roomY * part;
                double toX = motion.dx() == 0 ? x : cell.x() + motion.dx() * roomX * part;
                double toY = motion.dy() == 0 ? y : cell.y() + motion.dy() * roomY * part;
                yield line(fromX, fromY, toX, toY, radius, 1);
            }
        };
    }

    private void interplay(Arrangement arrangement, Figure first, Figure second, Dice dice) {
        double radius = Cell.radius(first.size(), 2);
        double still = Cell.radius(second.size(), 2);
        Motion motion = first.motion();
        switch (arrangement) {
            case PASSES -> {
                double side = dice.chance(0.5) ? LANE : -LANE;
                double sx = motion.dx() == 0 ? side : 0;
                double sy = motion.dy() == 0 ? side : 0;
                ways.add(
                        line(
                                0.5 - sx - motion.dx() * CROSSING,
                                0.5 - sy - motion.dy() * CROSSING,
                                0.5 - sx + motion.dx() * CROSSING,
                                0.5 - sy + motion.dy() * CROSSING,
                                radius,
                                1));
                ways.add(u -> new Pose(0.5 + sx, 0.5 + sy, still, 0, true));
            }
            case HIDES -> {
                // the way ends in the middle of the other, which lies towards the far side
                double x = 0.5 + motion.dx() * 0.2 + across(motion.dy(), dice);
                double y = 0.5 + motion.dy() * 0.2 + across(motion.dx(), dice);
                double fromX = x - motion.dx() * 0.48;
                double fromY = y - motion.dy() * 0.48;
                ways.add(line(fromX, fromY, x, y, Cell.radius(Size.LARGE, 1), ARRIVED));
                ways.add(u -> new Pose(x, y, still, 0, true));
            }
            default -> {
                ways.add(around(0.5, 0.5, ORBIT + 0.03, radius, dice));
                ways.add(u -> new Pose(0.5, 0.5, still, 0, true));
            }
        }
    }

    /** A place beside the line of motion. */
    private static double across(int other, Dice dice) {
        double place = dice.between(-0.2, 0.2);
        return other == 0 ? 0 : place;
    }

    private static Way around(double x, double y, double around, double radius, Dice dice) {
        double start = dice.between(0, TURN);
        double sense = dice.chance(0.5) ? TURN : -TURN;
        return u ->
                new Pose(
                        x + around * sin(start + sense * u + TURN / 4),
                        y + around * sin(start + sense * u),
                        radius,
                        0,
                        true);
    }

    /** Straight from one place to another, arriving at {@code arrival} and staying there. */
    private static Way line(
            double fromX, double fromY, double toX, double toY, double radius, double arrival) {
        return u -> {
            double part = Math.min(1, u / arrival);
            return new Pose(
                    fromX + (toX - fromX) * part, fromY + (toY - fromY) * part, radius, 0, true);
        };
    }

    /** The same on every machine, as {@code Math.sin} need not be. */
    private static double sin(double angle) {
        return StrictMath.sin(angle);
    }
}
