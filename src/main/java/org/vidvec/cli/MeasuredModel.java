package org.vidvec.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vidvec.quality.EvalOrder;
import org.vidvec.quality.FurtherRuns;
import picocli.CommandLine.Option;

/** Options that the commands share which measure a model on a set. */
final class MeasuredModel {

    @Option(names = "--model", paramLabel = "DIR", description = "Folder of a checkpoint.")
    private Path model;

    @Option(names = "--layout", paramLabel = "NAME", description = "Of SET; told by its files.")
    private String layout;

    @Option(
            names = "--media",
            paramLabel = "DIR",
            description = "Where media are looked for; default SET and all below it.")
    private Path media;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "train, validation or test; default ${DEFAULT-VALUE}.")
    private String split;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Use the first N media; default all, of the world 1000 clips.")
    private int limit;

    @Option(
            names = "--captions",
            paramLabel = "WHICH",
            defaultValue = "all",
            description = "all, or the first of each medium; default ${DEFAULT-VALUE}.")
    private Captions captions;

    @Option(
            names = "--skip-bad",
            description = "Leave out and count bad lines and media that can't be decoded.")
    private boolean skips;

    @Option(
            names = "--query-instruction",
            paramLabel = "TEXT",
            description = "Replaces the model's for queries.")
    private String queryInstruction;

    @Option(
            names = "--document-instruction",
            paramLabel = "TEXT",
            description = "Replaces the model's for documents.")
    private String documentInstruction;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the world; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "84x84",
            description = "Of the world's frames; default ${DEFAULT-VALUE}.")
    private String size;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads that one operation uses; default one per core.")
    private int threads;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N; default ${DEFAULT-VALUE}.")
    private String device;

    /** Which captions count. */
    enum Captions {
        ALL,
        FIRST;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What decides about a measurement beside these options. */
    record Stage(
            int rerank,
            List<Double> dualSoftmax,
            Moments moments,
            int answerTokens,
            int captionTokens,
            FurtherRuns further,
            Reading reading) {

        /** Vectors alone. */
        static final Stage PLAIN =
                new Stage(
                        0,
                        List.of(),
                        new Moments(10, 5, List.of(1.0, 1.0), 0),
                        0,
                        0,
                        FurtherRuns.NONE,
                        Reading.USUAL);
    }

    /**
     * How a set is read.
     *
     * @param sample which frames; null for the model's
     * @param captionField that holds the captions; null for the layout's own
     * @param tunesSoftmax whether a part is for choosing the factors of dual softmax
     */
    record Reading(String sample, String captionField, boolean tunesSoftmax) {

        /** As sets and models say. */
        static final Reading USUAL = new Reading(null, null, false);
    }

    /** How moments are looked for, and in how many long videos of the world. */
    record Moments(double window, double stride, List<Double> merge, int longVideos) {}

    /** All of it for a set. */
    EvalOrder order(String set, Stage stage) throws CommandException {
        if (model == null) {
            throw new CommandException("[--model] is missing; give the folder of a checkpoint");
        }
        if (limit < 0) {
            throw new CommandException("[--limit] is [" + limit + "]; it must be 0 or more");
        }
        return new EvalOrder(
                set,
                layout,
                media == null ? null : media.toString(),
                split,
                limit,
                captions.toString(),
                skips,
                model.toString(),
                queryInstruction,
                documentInstruction,
                stage.rerank(),
                stage.dualSoftmax(),
                stage.moments().window(),
                stage.moments().stride(),
                stage.moments().merge().get(0),
                stage.moments().merge().get(1),
                stage.answerTokens(),
                stage.captionTokens(),
                threads,
                device,
                seed,
                size,
                stage.moments().longVideos(),
                stage.further(),
                stage.reading().sample(),
                stage.reading().captionField(),
                stage.reading().tunesSoftmax());
    }
}
