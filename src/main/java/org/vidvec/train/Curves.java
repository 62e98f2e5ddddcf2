package org.vidvec.train;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws a run's log as an SVG picture: loss, norm of the gradients and learning rate by step. */
final class Curves {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 160;
    private static final int MARGIN = 40;

    private final List<StepReport> steps;
    private final StringBuilder svg = new StringBuilder();

    /**
     * @param steps at least one
     */
    Curves(List<StepReport> steps) {
        this.steps = steps;
    }

    /** The picture as text. */
    String svg() {
        int height = 3 * (HEIGHT + MARGIN) + MARGIN;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH + 2 * MARGIN, height);
        panel(0, "loss", StepReport::loss);
        panel(1, "gradient norm", StepReport::gradient_norm);
        panel(2, "learning rate", StepReport::learning_rate);
        add("</svg>");
        return svg.toString();
    }

    private void panel(int number, String name, ToDoubleFunction<StepReport> value) {
        int top = MARGIN + number * (HEIGHT + MARGIN);
        double most = steps.stream().mapToDouble(value).max().orElseThrow();
        int first = steps.get(0).step();
        int last = steps.get(steps.size() - 1).step();
        add("<text x=\"%d\" y=\"%d\">%s, 0 to %.4g</text>", MARGIN, top - 6, name, most);
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#bbb\"/>",
                MARGIN, top, WIDTH, HEIGHT);
        StringBuilder points = new StringBuilder();
        for (StepReport step : steps) {
            double along = last == first ? 0 : (double) (step.step() - first) / (last - first);
            double up = most == 0 ? 0 : value.applyAsDouble(step) / most;
            double x = MARGIN + along * WIDTH;
            double y = top + HEIGHT - up * HEIGHT;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        add(
                "<polyline fill=\"none\" stroke=\"#1f5fa8\" points=\"%s\"/>",
                points.toString().strip());
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
