package org.vidvec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.quality.EvalOrder;
import org.vidvec.quality.QualityException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that measures a model on a set and writes files about it. */
abstract class MeasuringCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SET", description = "world, or a folder: see above.")
    private String set;

    @Mixin private MeasuredModel model;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the results and the vectors go; default here.")
    private Path out;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /**
     * What is measured with.
     *
     * @param order what is measured, with the set
     * @param out a folder
     * @param progress hears how far it is
     * @param to prints what was found
     */
    record Job(
            EvalOrder order,
            NativeLibraries natives,
            Path out,
            StageProgress progress,
            PrintWriter to) {}

    /**
     * Measures.
     *
     * @throws IOException if a file can't be written
     */
    abstract void measure(Job job) throws IOException, QualityException, ModelException;

    @Override
    public final Integer call() throws Exception {
        PrintWriter to = spec.commandLine().getOut();
        try (StageProgress progress = new StageProgress(spec.commandLine().getErr())) {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            measure(
                    new Job(
                            model.order(set, MeasuredModel.Stage.PLAIN),
                            natives,
                            out,
                            progress,
                            to));
            to.flush();
            return 0;
        } catch (IOException e) {
            throw new CommandException("can't write to [" + out + "]: " + e, e);
        } catch (QualityException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
