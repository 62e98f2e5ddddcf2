package org.vidvec.cli;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import org.vidvec.model.ModelException;
import org.vidvec.quality.EvalOrder;
import org.vidvec.quality.MmebRun;
import org.vidvec.quality.QualityException;
import org.vidvec.reports.MmebFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec mmeb}: the report card of MMEB-V2. */
@Command(
        name = "mmeb",
        description = {
            "Run the tasks of MMEB-V2 that are in a folder SET, one sub-folder each, or with world",
            "the generated counterpart of each; write leaderboard.csv with every sub-score and",
            "report.json. Beside scores of published sets stands what VLM2Vec-V2.0 reached."
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
        String report = new GsonBuilder().setPrettyPrinting().create().toJson(found.report());
        Files.writeString(job.out().resolve("report.json"), report + "\n");
        if (json) {
            job.to().println(found.report());
        } else {
            boolean published = job.order().set().equals(EvalOrder.WORLD) == false;
            found.card().forEach(line -> job.to().println(text(line, published)));
            found.notes().forEach(note -> job.to().println("note: " + note));
        }
    }

    /** A score, and the paper's where it is the mean of the same tasks. */
    private static String text(MmebRun.Line line, boolean published) {
        String own =
                String.format(
                        Locale.ROOT,
                        "%-10s %-24s %6.2f   %d of %d tasks",
                        line.kind(),
                        line.name(),
                        100 * line.score(),
                        line.tasks(),
                        line.of());
        double paper = MmebFigures.published(line.name());
        return published && line.tasks() == line.of() && Double.isNaN(paper) == false
                ? own + String.format(Locale.ROOT, "   %s %.1f", MmebFigures.MODEL, 100 * paper)
                : own;
    }
}
