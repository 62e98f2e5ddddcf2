package org.vidvec.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.vidvec.model.ModelException;
import org.vidvec.quality.MmebRun;
import org.vidvec.quality.QualityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec mmeb}: the report card of MMEB-V2. */
@Command(
        name = "mmeb",
        description = {
            "Run the tasks of MMEB-V2 that are in a folder SET, one sub-folder each, or with world",
            "the generated counterpart of each; write leaderboard.csv with every sub-score."
        })
final class MmebCommand extends MeasuringCommand {

    @Option(
            names = "--tasks",
            paramLabel = "NAME",
            split = ",",
            description = "Tasks, meta-tasks or modalities; default all.")
    private Set<String> tasks = Set.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    void measure(Job job) throws IOException, QualityException, ModelException {
        MmebRun.Found found =
                new MmebRun(job.order(), tasks, job.natives(), job.out(), job.progress()).run();
        Files.writeString(job.out().resolve("leaderboard.csv"), found.csv());
        if (json) {
            job.to().println(found.report());
        } else {
            found.card().forEach(job.to()::println);
        }
    }
}
