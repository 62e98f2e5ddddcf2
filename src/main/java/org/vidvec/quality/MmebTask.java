package org.vidvec.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One of the 78 tasks of MMEB-V2 (VLM2Vec-V2, Fig. 1 and Table 1).
 *
 * @param name as the leaderboard has it
 * @param modality image, video or visdoc
 * @param metaTask for example {@code image-classification}
 * @param metric the measure that counts: Hit@1, or nDCG@5 for documents
 * @param queries how many the published set has; 0 where the paper does not say
 */
record MmebTask(String name, String modality, String metaTask, Metric metric, int queries) {

    /** What counts. */
    enum Metric {
        HIT_1("hit@1", "recall@1"),
        NDCG_5("ndcg_linear@5", "ndcg_linear@5");

        private final String label;
        private final String measure;

        Metric(String label, String measure) {
            this.label = label;
            this.measure = measure;
        }

        /** As the leaderboard names it. */
        String label() {
            return label;
        }

        /** As {@code RankSummary} names it. */
        String measure() {
            return measure;
        }
    }

    private static final String TABLE = "mmeb-v2.tsv";

    /** All 78, by modality and meta-task. */
    static List<MmebTask> all() {
        try (InputStream in = MmebTask.class.getResourceAsStream(TABLE)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, TABLE).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith("#") == false)
                    .map(line -> line.split("\t"))
                    .map(MmebTask::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MmebTask of(String[] columns) {
        Metric metric = columns[1].equals("visdoc") ? Metric.NDCG_5 : Metric.HIT_1;
        int queries = columns.length > 3 ? Integer.parseInt(columns[3]) : 0;
        return new MmebTask(columns[0], columns[1], columns[2], metric, queries);
    }
}
