package org.vidvec.world;

/**
 * One take of a scene: everything that the scene leaves open is thrown from the take's number, so
 * that the same scene and take give the same bytes on every machine.
 */
public final class SceneRenderer {

    // background cells, and the thickness of lines, in parts of the shorter side
    private static final double CELL = 0.25;
    private static final double LINE = 0.03;

    /**
     * How far the background slides in a pan, in parts of the shorter side: between two of eight
     * frames less than a third of a cell, so that the direction can be seen.
     */
    private static final double PAN = 0.5;

    private static final int PATTERN_SHADE = 40;
    private static final int WHITE = 0xffffff;

    private final Scene scene;
    private final Choreography choreography;
    private final Artefacts artefacts;
    private final double shift;
    private final long noise;

    /**
     * @param take any number
     */
    public SceneRenderer(Scene scene, long take) {
        Dice dice = Dice.of(take, Dice.hash(scene.canonical()));
        this.scene = scene;
        this.artefacts = Artefacts.of(dice);
        this.shift = dice.between(0, CELL);
        this.noise = dice.next();
        this.choreography = new Choreography(scene, dice);
    }

    /** The clip: {@code frames} pictures evenly spread from its first moment to its last. */
    public Frames render(int frames, FrameSize size) {
        byte[] rgb = new byte[frames * size.bytes()];
        for (int i = 0; i < frames; i++) {
            draw(frames == 1 ? 0 : (double) i / (frames - 1), rgb, i, size);
        }
        return new Frames(frames, size, rgb);
    }

    /**
     * Draws one moment.
     *
     * @param u 0 at the first moment, 1 at the last
     * @param rgb [frames, height, width, 3]
     * @param frame which of them
     */
    void draw(double u, byte[] rgb, int frame, FrameSize size) {
        int offset = frame * size.bytes();
        Canvas canvas = new Canvas(rgb, offset, size);
        background(canvas, size, u);
        // the first figure is in front
        for (int i = scene.figures().size() - 1; i >= 0; i--) {
            canvas.figure(scene.figures().get(i), choreography.at(i, u));
        }
        artefacts.apply(rgb, offset, size, Dice.of(noise, Double.doubleToLongBits(u)));
    }

    /** Draws the background alone, as it is between two events. */
    void drawEmpty(byte[] rgb, int frame, FrameSize size, long moment) {
        int offset = frame * size.bytes();
        background(new Canvas(rgb, offset, size), size, 0);
        artefacts.apply(rgb, offset, size, Dice.of(noise, moment));
    }

    private void background(Canvas canvas, FrameSize size, double u) {
        int paint = scene.background().paint().rgb();
        int other = Canvas.mix(paint, WHITE, PATTERN_SHADE);
        double slide = shift - scene.camera().dx() * PAN * u;
        switch (scene.background().pattern()) {
            case PLAIN -> canvas.fill(paint);
            case GRID -> grid(canvas, size, slide, paint, other);
            case CHECKED -> checks(canvas, size, slide, paint, other);
        }
    }

    private void grid(Canvas canvas, FrameSize size, double slide, int paint, int line) {
        canvas.fill(paint);
        double side = size.shorter();
        for (double x = wrap(slide) - CELL; x * side < size.width(); x += CELL) {
            canvas.box(x * side, 0, (x + LINE) * side, size.height(), line);
        }
        for (double y = shift; y * side < size.height(); y += CELL) {
            canvas.box(0, y * side, size.width(), (y + LINE) * side, line);
        }
    }

    private void checks(Canvas canvas, FrameSize size, double slide, int paint, int other) {
        double side = size.shorter();
        for (int y = 0; y < size.height(); y++) {
            long row = (long) Math.floor((y / side - shift) / CELL);
            for (int x = 0; x < size.width(); x++) {
                long column = (long) Math.floor((x / side - slide) / CELL);
                canvas.set(x, y, ((row + column) & 1) == 0 ? paint : other);
            }
        }
    }

    private static double wrap(double slide) {
        return slide - CELL * Math.floor(slide / CELL);
    }
}
