package org.vidvec.reports;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonParser;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.reports.ScoreRows.Row;
import org.vidvec.reports.ScoreRows.Task;

/** The published numbers of MMEB-V2 add up, and reports of our own stand beside them. */
public class MmebFiguresTests extends ESTestCase {

    private static double mean(Task task) {
        return task.measures().stream().mapToDouble(MmebFigures::published).average().orElseThrow();
    }

    /** M-29 is the mean of M-30, and M-27 that of M-29 and the modalities, weighed by tasks. */
    public void testSetsAverageToGroupsAndGroupsToAll() {
        double rounded = 0.00051;
        assertEquals(
                MmebFigures.published("video-classification"), mean(Task.MMEB_CLASSES), rounded);
        assertEquals(MmebFigures.published("video-qa"), mean(Task.MMEB_QUESTIONS), rounded);
        assertEquals(MmebFigures.published("video-retrieval"), mean(Task.MMEB_VIDEOS), rounded);
        assertEquals(MmebFigures.published("moment-retrieval"), mean(Task.MMEB_MOMENTS), rounded);
        double video =
                5 * mean(Task.MMEB_CLASSES)
                        + 5 * mean(Task.MMEB_QUESTIONS)
                        + 5 * mean(Task.MMEB_VIDEOS)
                        + 3 * mean(Task.MMEB_MOMENTS);
        assertEquals(MmebFigures.published("video"), video / 18, rounded);
        for (Row row : ScoreRows.published()) {
            if (row.task() == Task.MMEB) {
                List<Double> v = row.values();
                double all = (36 * v.get(1) + 18 * v.get(2) + 24 * v.get(3)) / 78;
                assertEquals(row.model(), v.get(0), all, 0.0015);
            }
        }
        assertTrue(Double.isNaN(MmebFigures.published("ImageNet-1K")));
    }

    private static List<Row> rows(String source) {
        return ScoreRows.of(
                JsonParser.parseString(
                                """
                                {"model": "m", "source": "%s",
                                 "tasks": {"K700": {"score": 0.5, "recall@1": 0.5}},
                                 "averages": {"video-classification": 0.5, "video": 0.5, "overall": 0.5}}
                                """
                                        .formatted(source))
                        .getAsJsonObject());
    }

    public void testRowsOfAReport() {
        List<Row> rows = rows("published");
        assertEquals(
                List.of(Task.MMEB, Task.MMEB_VIDEO, Task.MMEB_CLASSES),
                rows.stream().map(Row::task).toList());
        assertEquals("m, 1 of 78 tasks", rows.get(0).model());
        assertEquals("mmeb-v2", rows.get(0).set());
        assertEquals(List.of(0.5, Double.NaN, 0.5, Double.NaN), rows.get(0).values());
        assertEquals(
                "what is generated has no published row",
                "mmeb-v2, generated",
                rows("generated").get(0).set());
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () ->
                                ScoreRows.of(
                                        JsonParser.parseString("{\"tasks\": {}, \"averages\": {}}")
                                                .getAsJsonObject()));
        assertThat(e.getMessage(), containsString("no report of [mmeb]"));
    }
}
