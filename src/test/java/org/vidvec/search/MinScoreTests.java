package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.TopDocs;

/** Hits that a rescore does not keep. */
public class MinScoreTests extends RescorerTestCase {

    public void testHitsBelowMinScoreAreLeftOutButForOne() throws IOException {
        minScore = 0.5f;
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    TopDocs hits = shard.rescore(shard.context(), 4, 2, 0, 3, 1);
                    assertArrayEquals(new int[] {1, 3, 2}, docs(hits));
                    // a shard without hits would fail: its best one is left for the coordinator
                    assertArrayEquals(new int[] {4}, docs(shard.rescore(shard.context(), 0, 4)));
                });
    }

    public void testMinScoreSaysNothingOfHitsThatWereNotJudged() throws IOException {
        minScore = 0.5f;
        allowFailures = true;
        withShard(
                createMapperService(videos()),
                List.of(List.of(withoutFrames(), frames("0.2"), frames("0.6"))),
                shard ->
                        assertArrayEquals(
                                new int[] {2, 0}, docs(shard.rescore(shard.context(), 0, 1, 2))));
    }
}
