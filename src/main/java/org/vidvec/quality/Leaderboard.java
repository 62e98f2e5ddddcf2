package org.vidvec.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Every sub-score and the averages of MMEB-V2: over the tasks of a meta-task, of a modality, and
 * over all tasks alike (58.0 of VLM2Vec-V2 is the mean of 78 numbers).
 */
final class Leaderboard {

    /** Those of {@code RankSummary} that the authors' harness tells, and how many were asked. */
    private static final List<String> MEASURES = measures();

    private static final double PERCENT = 100;

    private final List<MmebTask> tasks;
    private final List<MmebScore> scores;

    /**
     * @param tasks all that could be there
     * @param scores of those that were
     */
    Leaderboard(List<MmebTask> tasks, List<MmebScore> scores) {
        this.tasks = tasks;
        this.scores = scores;
    }

    private static List<String> measures() {
        List<String> measures = new ArrayList<>(List.of("queries", "candidates"));
        for (String name :
                List.of(
                        "recall",
                        "recall_of_all",
                        "precision",
                        "f1",
                        "map",
                        "mrr",
                        "ndcg_linear",
                        "ndcg_exponential")) {
            for (int k : List.of(1, 5, 10)) {
                measures.add(name + "@" + k);
            }
        }
        measures.addAll(List.of("map", "mrr"));
        return List.copyOf(measures);
    }

    /** An average. */
    record Average(String kind, String name, int tasks, int of, double score) {}

    /** Meta-tasks, modalities, all; those without a score are left out. */
    List<Average> averages() {
        List<Average> averages = new ArrayList<>();
        add(averages, "meta_task", MmebTask::metaTask);
        add(averages, "modality", MmebTask::modality);
        add(averages, "all", task -> "overall");
        return averages;
    }

    private void add(List<Average> averages, String kind, Function<MmebTask, String> name) {
        Map<String, Integer> all = new LinkedHashMap<>();
        tasks.forEach(task -> all.merge(name.apply(task), 1, Integer::sum));
        all.forEach(
                (group, number) -> {
                    double[] some =
                            scores.stream()
                                    .filter(s -> name.apply(s.task()).equals(group))
                                    .mapToDouble(MmebScore::score)
                                    .toArray();
                    if (some.length > 0) {
                        double mean = Arrays.stream(some).average().orElseThrow();
                        averages.add(new Average(kind, group, some.length, number, mean));
                    }
                });
    }

    /** The table: a row for each task, then one for each average; scores in percent. */
    String csv() {
        StringBuilder csv =
                new StringBuilder("task,modality,meta_task,source,metric,score,")
                        .append(String.join(",", MEASURES))
                        .append('\n');
        for (MmebTask task : tasks) {
            csv.append(row(task)).append('\n');
        }
        for (Average average : averages()) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "average of %s,%s,%s,%d of %d tasks,mean,%.2f%s\n",
                            average.name(),
                            average.kind().equals("modality") ? average.name() : "",
                            average.kind().equals("meta_task") ? average.name() : "",
                            average.tasks(),
                            average.of(),
                            PERCENT * average.score(),
                            ",".repeat(MEASURES.size())));
        }
        return csv.toString();
    }

    private String row(MmebTask task) {
        String head = String.join(",", task.name(), task.modality(), task.metaTask());
        for (MmebScore score : scores) {
            if (score.task().equals(task)) {
                StringBuilder row = new StringBuilder(head);
                row.append(',').append(score.source()).append(',').append(task.metric().label());
                row.append(String.format(Locale.ROOT, ",%.2f", PERCENT * score.score()));
                for (String measure : MEASURES) {
                    row.append(String.format(Locale.ROOT, ",%.6g", score.measures().get(measure)));
                }
                return row.toString();
            }
        }
        return head + ",missing," + task.metric().label() + ",".repeat(MEASURES.size() + 1);
    }
}
