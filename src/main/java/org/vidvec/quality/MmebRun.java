package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vidvec.datasets.BadLines;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaReader;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/**
 * MMEB-V2 (VLM2Vec-V2 §2): tasks through the model, Hit@1 for images and videos, nDCG@5 for
 * documents. Out of a folder with the published sets, or the generated counterpart of each
 * meta-task.
 */
public final class MmebRun {

    /** Queries of a generated task where no limit is given. */
    private static final int GENERATED = 100;

    private final EvalOrder order;
    private final Set<String> wanted;
    private final NativeLibraries natives;
    private final Path cache;
    private final Stages stages;

    /**
     * @param order its set is {@code world}, or the folder with a sub-folder for each task
     * @param wanted names of tasks, meta-tasks or modalities; empty for all
     * @param cache folder for vectors; null to keep none
     */
    public MmebRun(
            EvalOrder order,
            Set<String> wanted,
            NativeLibraries natives,
            Path cache,
            Stages stages) {
        this.order = order;
        this.wanted = wanted;
        this.natives = natives;
        this.cache = cache;
        this.stages = stages;
    }

    /**
     * What came of it.
     *
     * @param csv {@code leaderboard.csv}
     * @param report the same with the model and what was left out
     * @param card scores and averages, for people
     * @param notes what was left out, and where a set is not as it was published
     */
    public record Found(String csv, JsonObject report, List<Line> card, List<String> notes) {}

    /**
     * A line of the report card.
     *
     * @param kind {@code task}, {@code meta_task}, {@code modality} or {@code all}
     * @param score 0..1
     * @param tasks that it is the mean of
     * @param of how many tasks there are of the kind
     */
    public record Line(String kind, String name, double score, int tasks, int of) {}

    /**
     * Runs every task that is there.
     *
     * @throws QualityException if a name is unknown, a task's data can't be read, or none is there
     */
    public Found run() throws QualityException, ModelException {
        List<MmebTask> tasks = tasks();
        try (LoadedModel model = new ModelFolderUse(natives, order).load();
                EmbeddingStore store =
                        cache == null
                                ? new EmbeddingStore()
                                : new EmbeddingStore(cache, model.info().fingerprint())) {
            Vectors vectors = new Vectors(model, store, stages);
            List<String> notes = new ArrayList<>();
            boolean world = order.set().equals(EvalOrder.WORLD);
            List<MmebScore> scores =
                    world
                            ? generated(tasks, model, vectors)
                            : published(tasks, model, vectors, notes);
            return found(tasks, scores, model, notes);
        } catch (MediaException e) {
            throw new QualityException(e.getMessage(), e);
        } catch (IOException e) {
            throw new QualityException("can't keep vectors in [" + cache + "]: " + e, e);
        }
    }

    private List<MmebTask> tasks() throws QualityException {
        Set<String> known = new TreeSet<>();
        List<MmebTask> tasks = new ArrayList<>();
        for (MmebTask task : MmebTask.all()) {
            List<String> names = List.of(task.name(), task.metaTask(), task.modality());
            known.addAll(names);
            if (wanted.isEmpty() || names.stream().anyMatch(wanted::contains)) {
                tasks.add(task);
            }
        }
        Set<String> unknown = new TreeSet<>(wanted);
        unknown.removeAll(known);
        if (unknown.isEmpty() == false) {
            throw new QualityException("unknown tasks " + unknown + "; known are " + known);
        }
        return tasks;
    }

    /** One for each meta-task; those of documents have one together. */
    private List<MmebScore> generated(List<MmebTask> tasks, LoadedModel model, Vectors vectors)
            throws QualityException, MediaException, ModelException {
        WorldTasks world =
                new WorldTasks(
                        order.seed(),
                        order.limit() == 0 ? GENERATED : order.limit(),
                        SetOpening.size(order.size()),
                        model.info().sampling());
        List<MmebScore> scores = new ArrayList<>();
        Set<String> done = new TreeSet<>();
        for (MmebTask task : tasks) {
            String family = task.modality().equals("visdoc") ? "visdoc-retrieval" : task.metaTask();
            if (done.add(family)) {
                RankTask generated = world.task(task.metaTask());
                MmebTask counterpart =
                        new MmebTask("world-" + family, task.modality(), family, task.metric(), 0);
                scores.add(new MmebScore(counterpart, "generated", generated.run(vectors)));
            }
        }
        return scores;
    }

    private List<MmebScore> published(
            List<MmebTask> tasks, LoadedModel model, Vectors vectors, List<String> notes)
            throws QualityException, MediaException, ModelException {
        Shelf shelf = new FileShelf(new MediaReader(natives), model.info().sampling());
        BadLines.Policy bad = order.skips() ? BadLines.Policy.SKIP : BadLines.Policy.FAIL;
        PublishedTasks data = new PublishedTasks(Path.of(order.set()), shelf, bad, order.seed());
        List<MmebScore> scores = new ArrayList<>();
        for (MmebTask task : tasks) {
            if (data.has(task)) {
                RankTask opened = data.open(task, order.limit());
                scores.add(new MmebScore(task, "published", opened.run(vectors)));
            }
        }
        notes.addAll(data.notes());
        if (scores.isEmpty()) {
            throw new QualityException(
                    "["
                            + order.set()
                            + "] has none of the folders "
                            + tasks.stream().map(MmebTask::name).toList());
        }
        return scores;
    }

    private Found found(
            List<MmebTask> tasks, List<MmebScore> scores, LoadedModel model, List<String> left) {
        boolean world = order.set().equals(EvalOrder.WORLD);
        List<MmebTask> rows = world ? scores.stream().map(MmebScore::task).toList() : tasks;
        Leaderboard board = new Leaderboard(rows, scores);
        JsonObject report = new JsonObject();
        report.addProperty("model", model.info().id());
        report.addProperty("fingerprint", model.info().fingerprint());
        report.addProperty("source", world ? "generated" : "published");
        JsonObject each = new JsonObject();
        for (MmebScore score : scores) {
            JsonObject measures = RetrievalRun.json(score.measures());
            measures.addProperty("score", score.score());
            each.add(score.task().name(), measures);
        }
        report.add("tasks", each);
        List<Line> card = new ArrayList<>();
        scores.forEach(s -> card.add(new Line("task", s.task().name(), s.score(), 1, 1)));
        JsonObject averages = new JsonObject();
        for (Leaderboard.Average mean : board.averages()) {
            averages.addProperty(mean.name(), mean.score());
            card.add(new Line(mean.kind(), mean.name(), mean.score(), mean.tasks(), mean.of()));
        }
        report.add("averages", averages);
        report.add("left_out", array(left));
        List<String> differing = differing(scores);
        report.add("notes", array(differing));
        List<String> all = new ArrayList<>(left);
        all.addAll(differing);
        return new Found(board.csv(), report, card, all);
    }

    /** Sets that have another number of queries than Table 1 says, a limit among the reasons. */
    private static List<String> differing(List<MmebScore> scores) {
        List<String> differing = new ArrayList<>();
        for (MmebScore score : scores) {
            int published = score.task().queries();
            int here = score.measures().get("queries").intValue();
            if (published > 0 && published != here) {
                differing.add(
                        score.task().name()
                                + ": it has ["
                                + here
                                + "] queries here, the published set has ["
                                + published
                                + "]");
            }
        }
        return differing;
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
