package org.vidvec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.quality.MmebRun;
import org.vidvec.quality.QualityException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec mmeb}: the report card of MMEB-V2. */
@Command(
        name = "mmeb",
        description = {
            "Run the tasks of MMEB-V2 that are in a folder, one sub-folder each, or with world the",
            "generated counterpart of each meta-task; write leaderboard.csv with every sub-score."
        })
final class MmebCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SET", description = "world, or a folder with the tasks' folders.")
    private String set;

    @Mixin private MeasuredModel model;

    @Option(
            names = "--tasks",
            paramLabel = "NAME",
            split = ",",
            description = "Tasks, meta-tasks or modalities; default all.")
    private Set<String> tasks = Set.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where leaderboard.csv and the vectors go; default here.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (StageProgress progress = new StageProgress(spec.commandLine().getErr())) {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            MmebRun.Found found =
                    new MmebRun(
                                    model.order(set, MeasuredModel.Stage.PLAIN),
                                    tasks,
                                    natives,
                                    out,
                                    progress)
                            .run();
            Files.writeString(out.resolve("leaderboard.csv"), found.csv());
            PrintWriter to = spec.commandLine().getOut();
            if (json) {
                to.println(found.report());
            } else {
                found.card().forEach(to::println);
            }
            to.flush();
            return 0;
        } catch (IOException e) {
            throw new CommandException("can't write to [" + out + "]: " + e, e);
        } catch (QualityException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
