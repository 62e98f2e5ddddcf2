package org.vidvec.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.metrics.DurationBins.Query;
import org.vidvec.metrics.DurationBins.Video;

public class DurationBinsTests extends ESTestCase {

    /** A query whose right answer comes at a place, from 1. */
    private static Query query(int video, int place) {
        double[] scores = new double[10];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i == video ? 10.5 - place : 10 - (i < video ? i + 1 : i);
        }
        Query query = new Query(video, RankedGains.of(scores, Map.of(video, 1)));
        assertEquals(place, query.ranking().firstRelevant());
        return query;
    }

    public void testBinsOfViLLE() {
        List<Video> videos =
                List.of(
                        new Video(12, 8),
                        new Video(59.9, 9),
                        new Video(60, 10),
                        new Video(200, 15),
                        new Video(Double.NaN, 99));
        List<Query> queries = new ArrayList<>();
        queries.add(query(0, 1));
        queries.add(query(0, 3));
        queries.add(query(1, 6));
        queries.add(query(2, 2));
        queries.add(query(4, 1));
        Map<String, Map<String, Double>> bins = DurationBins.of(videos, queries);
        assertEquals(
                "none asks for the long one",
                List.of("0-60", "60-120"),
                List.copyOf(bins.keySet()));
        Map<String, Double> first = bins.get("0-60");
        assertEquals(2, first.get("videos"), 0);
        assertEquals(3, first.get("queries"), 0);
        assertEquals(1.0 / 3, first.get("recall@1"), 1e-12);
        assertEquals(2.0 / 3, first.get("recall@5"), 1e-12);
        assertEquals(3, first.get("median_rank"), 0);
        assertEquals((1 + 1.0 / 3 + 1.0 / 6) / 3, first.get("mrr"), 1e-12);
        assertEquals(8.5, first.get("written_tokens"), 1e-12);
        assertEquals(0, bins.get("60-120").get("recall@1"), 0);
    }

    public void testModelsThatWriteNothing() {
        List<Video> videos = List.of(new Video(190, 0));
        Map<String, Double> bin = DurationBins.of(videos, List.of(query(0, 1))).get("180+");
        assertEquals(1, bin.get("recall@1"), 0);
        assertFalse(bin.containsKey("written_tokens"));
    }
}
