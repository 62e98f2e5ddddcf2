package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.quality.EvalOrder;
import org.vidvec.quality.Evaluation;
import org.vidvec.quality.FurtherRuns;
import org.vidvec.quality.QualityException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec eval}: how well a model finds what is described, on a labelled set. */
@Command(
        name = "eval",
        description = {
            "Measure a model on a labelled set: retrieval from text to media and back, moments, and",
            "with --rerank the answers of its head. SET is world (generated), a folder with a",
            "manifest.json or a published set's annotations, or one annotation file."
        })
final class EvalCommand implements Callable<Integer> {

    /** ViLL-E's windows (Table 13), and nothing that is not asked for. */
    private static final FurtherOptions.Usual USUAL =
            new FurtherOptions.Usual(10, 5, List.of(0.9, 0.35), false, 0, 0, 0);

    /** Above it a softmax over cosines is a maximum. */
    private static final double LARGEST_SCALE = 1e6;

    @Parameters(paramLabel = "SET", arity = "0..1", description = "What to measure on.")
    private String set;

    @Mixin private MeasuredModel model;

    @Option(
            names = "--rerank",
            paramLabel = "K",
            defaultValue = "0",
            description = "Let the head judge the best K as well; default none.")
    private int rerank;

    @Option(
            names = "--dual-softmax",
            paramLabel = "S",
            split = ",",
            description = {
                "Also with dual softmax of cosines times S, which is one over the temperature;",
                "S,S for each direction; tune to choose them on other media."
            })
    private List<String> dualSoftmax = List.of();

    @Mixin private FurtherOptions further;

    @Option(
            names = "--answers",
            paramLabel = "TOKENS",
            defaultValue = "0",
            description = "Ask the set's questions; an answer is so long; default none.")
    private int answerTokens;

    @Option(
            names = "--describe",
            paramLabel = "TOKENS",
            defaultValue = "0",
            description = "Have captioned media described; a caption is so long; default none.")
    private int captionTokens;

    @Option(
            names = "--sample",
            paramLabel = "HOW",
            description = "Which frames, in place of the model's: " + SamplingOption.FORMS + ".")
    private String sample;

    @Option(
            names = "--caption-field",
            paramLabel = "NAME",
            description =
                    "Field of a manifest's or JSON line's entries that holds the captions, for"
                            + " example dense_caption.")
    private String captionField;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep the report and the vectors there; vectors are used again.")
    private Path out;

    @Option(
            names = "--replay",
            paramLabel = "REPORT",
            description = "Instead of SET and options: make this report again, on its model.")
    private Path replay;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        JsonObject before = replay == null ? null : read(replay);
        try (StageProgress progress = new StageProgress(spec.commandLine().getErr())) {
            EvalOrder order = before == null ? order() : Evaluation.orderOf(before);
            String fingerprint = before == null ? null : fingerprint(before);
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            JsonObject report = new Evaluation(order, natives, out, progress).run(fingerprint);
            tell(report);
            keep(report);
            return before == null || isSame(before, report) ? 0 : 1;
        } catch (QualityException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private EvalOrder order() throws CommandException {
        if (set == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "[SET] is missing; give world, a folder or a file");
        }
        if (rerank < 0) {
            throw refused("[--rerank] must be 0 or more");
        }
        checkSample();
        if (answerTokens < 0 || captionTokens < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "[--answers] and [--describe] must be 0 or more");
        }
        FurtherRuns runs = further.runs(USUAL);
        if (rerank == 0 && runs.calibrations().isEmpty() == false) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "[--calibrations] are of what the head judges; give [--rerank] too");
        }
        return model.order(
                set,
                new MeasuredModel.Stage(
                        rerank,
                        tunes() ? List.of() : scales(),
                        further.moments(USUAL),
                        answerTokens,
                        captionTokens,
                        runs,
                        new MeasuredModel.Reading(sample, captionField, tunes())));
    }

    private void checkSample() {
        try {
            if (sample != null) {
                new SamplingOption().convert(sample);
            }
        } catch (CommandLine.TypeConversionException e) {
            throw refused("[--sample]: " + e.getMessage());
        }
    }

    private boolean tunes() {
        return dualSoftmax.equals(List.of("tune"));
    }

    private List<Double> scales() {
        try {
            List<Double> scales = dualSoftmax.stream().map(Double::valueOf).toList();
            if (scales.size() <= 2 && scales.stream().allMatch(s -> s > 0 && s < LARGEST_SCALE)) {
                return scales;
            }
        } catch (NumberFormatException e) {
            // refused below, as numbers out of range are
        }
        throw refused(
                "[--dual-softmax] is "
                        + dualSoftmax
                        + "; it must be [tune], or one or two numbers above 0");
    }

    private CommandLine.ParameterException refused(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static JsonObject read(Path file) throws CommandException {
        try {
            JsonElement json = JsonParser.parseString(Files.readString(file));
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (IOException e) {
            throw new CommandException("can't read [" + file + "]: " + e, e);
        } catch (JsonParseException e) {
            throw new CommandException("[" + file + "] is not JSON: " + e.getMessage(), e);
        }
        throw new CommandException("[" + file + "] must hold a report of [eval]");
    }

    private static String fingerprint(JsonObject report) {
        return report.getAsJsonObject("model").get("fingerprint").getAsString();
    }

    private boolean isSame(JsonObject before, JsonObject after) {
        boolean same = before.equals(after);
        spec.commandLine()
                .getErr()
                .println(
                        same
                                ? "the same as in [" + replay + "]"
                                : "not the same as in [" + replay + "]");
        return same;
    }

    private void keep(JsonObject report) throws CommandException {
        if (out == null) {
            return;
        }
        Path file = out.resolve("report.json");
        try {
            Files.writeString(file, pretty().toJson(report) + "\n");
        } catch (IOException e) {
            throw new CommandException("can't write [" + file + "]: " + e, e);
        }
    }

    private static Gson pretty() {
        return new GsonBuilder()
                .setPrettyPrinting()
                .serializeNulls()
                .disableHtmlEscaping()
                .create();
    }

    private void tell(JsonObject report) {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            to.println(
                    new GsonBuilder()
                            .serializeNulls()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(report));
        } else {
            EvalScreen.lines(report).forEach(to::println);
        }
        to.flush();
    }
}
