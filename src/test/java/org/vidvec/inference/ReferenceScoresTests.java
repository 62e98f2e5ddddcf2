package org.vidvec.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;
import org.vidvec.model.Content;
import org.vidvec.model.MatchScore;

public class ReferenceScoresTests extends ESTestCase {

    public void testLongTextsAreNotKept() {
        String novel = "a".repeat(1_000_000);
        String id = ReferenceScores.id(new Content.Text(novel));
        assertEquals("text ".length() + 64, id.length());
        assertNotEquals(id, ReferenceScores.id(new Content.Text(novel + "b")));
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

    private static Content video(double fps, Frame... frames) {
        return new Content.Video(
                new Clip(new MediaInfo("video", "avi", "ffv1", 2, 1, 3, fps), List.of(frames)));
    }

    /** Whatever changes what a model is shown makes another candidate, and nothing else does. */
    public void testACandidateIsWhatTheModelSeesOfIt() {
        byte[] grey = {1, 2, 3, 4, 5, 6};
        Frame frame = new Frame(0, 2, 1, grey);
        Content video = video(25, frame);
        assertEquals(
                ReferenceScores.id(video),
                ReferenceScores.id(video(25, new Frame(0, 2, 1, grey.clone()))));
        Set<String> ids = new HashSet<>();
        ids.add(ReferenceScores.id(video));
        ids.add(ReferenceScores.id(video(24, frame)));
        ids.add(ReferenceScores.id(video(25, frame, frame)));
        ids.add(ReferenceScores.id(video(25, new Frame(1, 2, 1, grey))));
        ids.add(ReferenceScores.id(video(25, new Frame(0, 1, 2, grey))));
        ids.add(ReferenceScores.id(video(25, new Frame(0, 2, 1, new byte[] {1, 2, 3, 4, 5, 7}))));
        ids.add(ReferenceScores.id(new Content.Image(frame)));
        ids.add(ReferenceScores.id(new Content.Text("")));
        assertEquals(8, ids.size());
    }
}
