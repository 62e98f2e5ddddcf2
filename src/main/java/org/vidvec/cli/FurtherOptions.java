package org.vidvec.cli;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.model.Calibration;
import org.vidvec.quality.FurtherRuns;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of what is measured beside retrieval: moments, composed queries, kinds, calibrations. */
final class FurtherOptions {

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            description = "Of moments; default 10, of figures 4.")
    private Double window;

    @Option(
            names = "--stride",
            paramLabel = "SECONDS",
            description = "Of moments; default 5, of figures 1.")
    private Double stride;

    @Option(
            names = "--merge",
            paramLabel = "ALPHA,THRESHOLD",
            split = ",",
            arity = "1",
            description =
                    "When a window joins a segment of moments; default 0.9,0.35, of figures 0.75,1.")
    private List<Double> merge;

    @Option(
            names = "--contextualized",
            negatable = true,
            description = "Look for moments by texts behind frames of their video, too.")
    private Boolean contextualized;

    @Option(
            names = "--long",
            paramLabel = "N",
            description = "Long videos of the world, for moments; default 0, of figures 100.")
    private Integer longVideos;

    @Option(
            names = "--composed",
            paramLabel = "N",
            description =
                    "N composed pairs of SET: media by another and what differs; default 0, of"
                            + " figures 500.")
    private Integer composed;

    @Option(
            names = "--cross-modal",
            paramLabel = "N",
            description =
                    "Clips, images and pages of the world, each N, in one index; default 0, of"
                            + " figures 100.")
    private Integer crossModal;

    @Option(
            names = "--calibrations",
            paramLabel = "NAME",
            split = ",",
            description = "Of --rerank, too: logit_difference, prior, dual_softmax.")
    private List<String> calibrations = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What holds where an option is left out.
     *
     * @param window of moments, in seconds
     * @param stride of moments, in seconds
     * @param merge alpha and threshold
     */
    record Usual(
            double window,
            double stride,
            List<Double> merge,
            boolean contextualized,
            int longVideos,
            int composed,
            int crossModal) {}

    /**
     * All of it.
     *
     * @throws ParameterException if a value is out of range
     */
    MeasuredModel.Moments moments(Usual usual) {
        double length = window == null ? usual.window() : window;
        double step = stride == null ? usual.stride() : stride;
        int videos = longVideos == null ? usual.longVideos() : longVideos;
        if (!(step > 0) || !(length >= step)) {
            throw refused("[--stride] must be above 0 and at most [--window]");
        }
        List<Double> constants = merge == null ? usual.merge() : merge;
        if (constants.size() != 2) {
            throw refused("[--merge] must be two numbers like [0.9,0.35]");
        }
        return new MeasuredModel.Moments(length, step, constants, videos);
    }

    /**
     * The same.
     *
     * @throws ParameterException if a value is out of range
     */
    FurtherRuns runs(Usual usual) {
        int changed = composed == null ? usual.composed() : composed;
        int crossed = crossModal == null ? usual.crossModal() : crossModal;
        if (changed < 0 || crossed < 0 || changed == 1) {
            throw refused("[--composed] must be 0 or at least 2, and [--cross-modal] 0 or more");
        }
        boolean behind = contextualized == null ? usual.contextualized() : contextualized;
        return new FurtherRuns(calibrations(), behind, changed, crossed);
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private List<Calibration> calibrations() {
        List<Calibration> known = new ArrayList<>();
        for (String name : calibrations) {
            try {
                known.add(Calibration.fromString(name));
            } catch (IllegalArgumentException e) {
                throw refused("[--calibrations]: " + e.getMessage());
            }
        }
        return known;
    }
}
