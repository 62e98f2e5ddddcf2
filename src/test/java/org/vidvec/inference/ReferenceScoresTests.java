package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.MatchScore;

public class ReferenceScoresTests extends ESTestCase {

    public void testLongTextsAreNotKept() {
        String novel = "a".repeat(1_000_000);
        String id = ReferenceScores.id(new InputItem.Text(novel));
        assertEquals("text ".length() + 64, id.length());
        assertNotEquals(id, ReferenceScores.id(new InputItem.Text(novel + "b")));
        ReferenceScores scores = new ReferenceScores();
        Runtime runtime = Runtime.getRuntime();
        List<String> held = new ArrayList<>();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        for (int i = 0; i < 200; i++) {
            String text = novel + i;
            scores.put("f", "c" + i, text, new MatchScore(i, 0));
            held.add("c" + i);
        }
        System.gc();
        long more = runtime.totalMemory() - runtime.freeMemory() - before;
        assertTrue(more + " bytes for 200 MB of texts", more < 50_000_000);
        assertEquals(new MatchScore(7, 0), scores.get("f", held.get(7), novel + 7));
        assertNull(scores.get("f", held.get(7), novel + 8));
    }
}
