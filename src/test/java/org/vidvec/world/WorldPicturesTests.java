package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** What the pixels show is what the scene says, measured on clips of 8 frames of 84 x 84. */
public class WorldPicturesTests extends ESTestCase {

    private static final int SIDE = 84;
    private static final int FRAMES = 8;
    private static final int TAKES = 20;
    private static final FrameSize SIZE = new FrameSize(SIDE, SIDE);
    private static final Background BLACK =
            new Background(Background.Paint.BLACK, Background.Pattern.PLAIN);

    /** Number of pixels of a colour, and their middle. */
    private record Spot(int pixels, double x, double y) {}

    public void testMotions() {
        for (Motion motion : Motion.values()) {
            for (Size size : Size.values()) {
                if ((size == Size.CHANGING) == motion.changesSize()) {
                    for (int take = 0; take < TAKES; take++) {
                        checkMotion(motion, size, take);
                    }
                }
            }
        }
    }

    private static void checkMotion(Motion motion, Size size, int take) {
        Figure figure = figure(Shape.STAR, Colour.WHITE, size, motion);
        Frames frames = film(Arrangement.ALONE, take, figure);
        List<Spot> spots = spots(frames, Colour.WHITE);
        Spot first = spots.get(0);
        Spot last = spots.get(FRAMES - 1);
        String told = motion + " " + size + " " + take + " " + spots;
        switch (motion) {
            case STILL -> {
                assertEquals(told, 0, moved(spots), 1.0);
                assertTrue(told, difference(frames, 0, 3) < 10);
            }
            case SPIN -> {
                assertEquals(told, 0, moved(spots), 3.0);
                assertTrue(difference(frames, 0, 1) + told, difference(frames, 0, 1) > 60);
            }
            case GROW -> assertTrue(told, last.pixels > 3 * first.pixels);
            case SHRINK -> assertTrue(told, first.pixels > 3 * last.pixels);
            case BLINK -> {
                for (int i = 1; i < FRAMES; i++) {
                    boolean on = spots.get(i).pixels > 0;
                    assertEquals(told, spots.get(i - 1).pixels == 0, on);
                }
            }
            case BOUNCE -> {
                // on the ground at both ends and in the middle, in the air between
                assertTrue(told, spots.get(1).y < first.y - 10 && spots.get(2).y < first.y - 10);
                assertTrue(told, spots.get(5).y < first.y - 10 && spots.get(6).y < first.y - 10);
                assertEquals(told, first.y, last.y, 2);
                assertTrue(told, spots.get(3).y > spots.get(2).y + 5);
            }
            case ORBIT -> assertEquals(told, 1, turns(spots, SIDE / 2.0, SIDE / 2.0), 0.15);
            default -> {
                double least = 0.4 * SIDE;
                assertTrue(told, motion.dx() * (last.x - first.x) >= least * Math.abs(motion.dx()));
                assertTrue(told, motion.dy() * (last.y - first.y) >= least * Math.abs(motion.dy()));
                assertTrue(told, motion.dx() != 0 || Math.abs(last.x - first.x) < 3);
                assertTrue(told, motion.dy() != 0 || Math.abs(last.y - first.y) < 3);
            }
        }
    }

    public void testPlacesHoldInEveryFrame() {
        WorldSamples samples = new WorldSamples(3, Split.TRAIN, FRAMES, SIZE);
        int seen = 0;
        for (int i = 0; i < 600; i++) {
            SceneSubject subject = (SceneSubject) samples.subject(Source.CLIP, i);
            Scene scene = subject.scene();
            boolean row = scene.arrangement() == Arrangement.ROW;
            if (row == false && scene.arrangement() != Arrangement.COLUMN) {
                continue;
            }
            for (double u = 0; u <= 1; u += 0.1) {
                Choreography choreography = new Choreography(scene, Dice.of(i));
                for (int f = 1; f < scene.figures().size(); f++) {
                    Pose a = choreography.at(f - 1, u);
                    Pose b = choreography.at(f, u);
                    double gap = row ? b.x() - a.x() : b.y() - a.y();
                    assertTrue(scene.canonical(), gap >= a.radius() + b.radius());
                    seen++;
                }
            }
        }
        assertTrue(seen + "", seen > 500);
    }

    public void testHiddenIsHiddenAtTheEnd() {
        for (Shape front : Shape.values()) {
            for (Shape behind : Shape.values()) {
                if (front.solid()) {
                    for (Motion motion : List.of(Motion.LEFT, Motion.DOWN)) {
                        Frames frames =
                                film(
                                        Arrangement.HIDES,
                                        front.ordinal(),
                                        figure(front, Colour.RED, Size.LARGE, motion),
                                        figure(behind, Colour.WHITE, Size.SMALL, Motion.STILL));
                        List<Spot> spots = spots(frames, Colour.WHITE);
                        String told = front + " over " + behind + " " + spots;
                        assertTrue(told, spots.get(0).pixels > 30);
                        assertTrue(told, spots.get(1).pixels > 30);
                        assertEquals(told, 0, spots.get(FRAMES - 1).pixels);
                    }
                }
            }
        }
    }

    public void testPassesWithoutTouching() {
        for (int take = 0; take < TAKES; take++) {
            Frames frames =
                    film(
                            Arrangement.PASSES,
                            take,
                            figure(Shape.SQUARE, Colour.RED, Size.LARGE, Motion.RIGHT),
                            figure(Shape.SQUARE, Colour.WHITE, Size.LARGE, Motion.STILL));
            List<Spot> mover = spots(frames, Colour.RED);
            List<Spot> other = spots(frames, Colour.WHITE);
            assertTrue(mover.get(0).x < other.get(0).x - 20);
            assertTrue(mover.get(FRAMES - 1).x > other.get(0).x + 20);
            other.forEach(spot -> assertEquals(other.get(0).pixels, spot.pixels, 8));
        }
    }

    public void testOrbitsOnceAround() {
        for (int take = 0; take < TAKES; take++) {
            Frames frames =
                    film(
                            Arrangement.ORBITS,
                            take,
                            figure(Shape.STAR, Colour.RED, Size.SMALL, Motion.ORBIT),
                            figure(Shape.CIRCLE, Colour.WHITE, Size.LARGE, Motion.STILL));
            Spot centre = spots(frames, Colour.WHITE).get(0);
            assertEquals(1, turns(spots(frames, Colour.RED), centre.x, centre.y), 0.1);
        }
    }

    /** The background slides against the camera, by less than half a cell from frame to frame. */
    public void testPans() {
        for (Background.Pattern pattern :
                List.of(Background.Pattern.GRID, Background.Pattern.CHECKED)) {
            for (Camera camera : Camera.values()) {
                for (int take = 0; take < TAKES; take++) {
                    Scene scene =
                            new Scene(
                                    new Background(Background.Paint.GREY, pattern),
                                    camera,
                                    Arrangement.ALONE,
                                    List.of(
                                            figure(
                                                    Shape.STAR,
                                                    Colour.RED,
                                                    Size.SMALL,
                                                    Motion.STILL)));
                    Frames frames = new SceneRenderer(scene, take).render(FRAMES, SIZE);
                    int slide = slide(frames.frame(2), frames.frame(3));
                    assertEquals(camera + " " + slide, -camera.dx(), Integer.signum(slide));
                }
            }
        }
    }

    /** By how many columns the second picture fits best on the first. */
    private static int slide(byte[] first, byte[] second) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int shift = -10; shift <= 10; shift++) {
            double sum = 0;
            int n = 0;
            for (int y = 0; y < SIDE; y++) {
                for (int x = 10; x < SIDE - 10; x++) {
                    int a = grey(first, y * SIDE + x);
                    int b = grey(second, y * SIDE + x + shift);
                    if (a >= 0 && b >= 0) {
                        sum += (a - b) * (a - b);
                        n++;
                    }
                }
            }
            if (sum / n < least) {
                least = sum / n;
                best = shift;
            }
        }
        return best;
    }

    /** The red channel of a pixel, or -1 if it is of the red figure. */
    private static int grey(byte[] rgb, int pixel) {
        int red = rgb[3 * pixel] & 255;
        return red - (rgb[3 * pixel + 2] & 255) > 40 ? -1 : red;
    }

    public void testEventsHappenWhenTheStorySays() {
        WorldSamples samples = new WorldSamples(4, Split.TRAIN, FRAMES, SIZE);
        int gaps = 0;
        for (int i = 0; i < 30; i++) {
            StorySubject subject = (StorySubject) samples.subject(Source.STORY, i);
            double end = 0;
            for (Event event : subject.story().events()) {
                if (event.start() > end) {
                    double[] between = {end, end + 0.25, event.start() - 0.05};
                    Frames frames = subject.render(between, SIZE);
                    for (int f = 0; f < between.length; f++) {
                        assertTrue(event + " at " + between[f], coloured(frames.frame(f)) < 5);
                    }
                    gaps++;
                }
                double[] during = StorySubject.spread(event.start(), event.end(), FRAMES);
                Frames frames = subject.render(during, SIZE);
                boolean shown = false;
                for (int f = 0; f < FRAMES; f++) {
                    shown |= coloured(frames.frame(f)) > 15;
                }
                List<Colour> pale = List.of(Colour.WHITE, Colour.PINK);
                boolean allPale =
                        event.scene().figures().stream().allMatch(f -> pale.contains(f.colour()));
                assertTrue(event + "", shown || allPale);
                end = event.end();
            }
            assertEquals(end, subject.story().seconds(), 0);
        }
        assertTrue(gaps + "", gaps > 10);
    }

    public void testMomentsAreTrueOfTheirWindowAlone() {
        WorldSamples samples = new WorldSamples(4, Split.TRAIN, 4, SIZE);
        for (int i = 0; i < 40; i++) {
            Sample.Moment moment = samples.moment(i);
            assertEquals(2, moment.negatives().size());
            for (Sample.Window other : moment.negatives()) {
                double a = Math.max(other.start(), moment.positive().start());
                double b = Math.min(other.end(), moment.positive().end());
                double shared = Math.max(0, b - a);
                double both =
                        other.end()
                                - other.start()
                                + moment.positive().end()
                                - moment.positive().start()
                                - shared;
                assertTrue(shared / both < 0.2);
            }
        }
    }

    public void testEverySizeCanBeDrawn() {
        WorldSamples samples = new WorldSamples(5, Split.TRAIN, 2, SIZE);
        for (FrameSize size :
                List.of(new FrameSize(16, 16), new FrameSize(320, 240), new FrameSize(51, 200))) {
            for (int i = 0; i < 30; i++) {
                for (Source source : Source.values()) {
                    Frames frames = samples.subject(source, i).render(2, size);
                    assertEquals(2 * 3 * size.width() * size.height(), frames.rgb().length);
                }
            }
        }
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> new FrameSize(8, 5000));
        assertEquals(
                "size [8x5000] must be between [16] and [2048] pixels each way", e.getMessage());
    }

    private static Figure figure(Shape shape, Colour colour, Size size, Motion motion) {
        return new Figure(shape, colour, size, Texture.PLAIN, motion);
    }

    private static Frames film(Arrangement arrangement, long take, Figure... figures) {
        Scene scene = new Scene(BLACK, Camera.STEADY, arrangement, List.of(figures));
        return new SceneRenderer(scene, take).render(FRAMES, SIZE);
    }

    /** Red or white pixels on black, frame by frame. */
    private static List<Spot> spots(Frames frames, Colour colour) {
        List<Spot> spots = new ArrayList<>();
        for (int f = 0; f < frames.count(); f++) {
            byte[] rgb = frames.frame(f);
            int n = 0;
            double x = 0;
            double y = 0;
            for (int p = 0; p < SIDE * SIDE; p++) {
                boolean bright = (rgb[3 * p] & 255) > 120;
                boolean white = (rgb[3 * p + 1] & 255) > 120;
                if (bright && white == (colour == Colour.WHITE)) {
                    n++;
                    x += p % SIDE + 0.5;
                    y += p / SIDE + 0.5;
                }
            }
            spots.add(new Spot(n, n == 0 ? 0 : x / n, n == 0 ? 0 : y / n));
        }
        return spots;
    }

    private static double moved(List<Spot> spots) {
        double most = 0;
        for (Spot spot : spots) {
            most = Math.max(most, Math.hypot(spot.x - spots.get(0).x, spot.y - spots.get(0).y));
        }
        return most;
    }

    /** How often the spots go around a point, either way. */
    private static double turns(List<Spot> spots, double x, double y) {
        double sum = 0;
        for (int i = 1; i < spots.size(); i++) {
            double from = Math.atan2(spots.get(i - 1).y - y, spots.get(i - 1).x - x);
            double to = Math.atan2(spots.get(i).y - y, spots.get(i).x - x);
            sum += Math.IEEEremainder(to - from, 2 * Math.PI);
        }
        return Math.abs(sum) / (2 * Math.PI);
    }

    /** Pixels that differ by far between two frames. */
    private static int difference(Frames frames, int a, int b) {
        byte[] first = frames.frame(a);
        byte[] second = frames.frame(b);
        int n = 0;
        for (int i = 0; i < first.length; i++) {
            n += Math.abs((first[i] & 255) - (second[i] & 255)) > 60 ? 1 : 0;
        }
        return n;
    }

    /** Pixels of a strong colour, which no background has. */
    private static int coloured(byte[] rgb) {
        int n = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            int r = rgb[i] & 255;
            int g = rgb[i + 1] & 255;
            int b = rgb[i + 2] & 255;
            n += Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b)) > 105 ? 1 : 0;
        }
        return n;
    }
}
