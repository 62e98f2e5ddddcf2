package org.vidvec.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.settings.Settings;

/** An inference node leaves in the middle of a bulk. */
public class LeavingNodeIT extends ClusterTestCase {

    // one by one, so that the bulk has a middle
    private static final Settings SLOW =
            Settings.builder().put("vidvec.inference.batch.max_size", 1).build();

    public void testTheLastInferenceNodeLeaves() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        String inference = startInferenceNode(SLOW);
        createVideos(data, "");
        List<Path> clips = Clips.good();
        CompletableFuture<JsonElement> bulk =
                begin(data, "POST", "/" + VIDEOS + "/_bulk?refresh=true", inline(clips));
        awaitEmbedded(data, 2);
        internalCluster().stopNode(inference);
        JsonElement answer = bulk.get();
        List<JsonObject> failed = Answers.failed(answer);
        assertFalse("the bulk was over before the node left", failed.isEmpty());
        for (JsonObject item : failed) {
            assertEquals(item.toString(), 503, Answers.number(item, "status"));
            String reason = Answers.text(item, "error.reason");
            assertTrue(
                    reason,
                    reason.contains("no inference node is left")
                            || reason.contains("there is no inference node in the cluster"));
        }
        List<String> written = new ArrayList<>(wholeDocuments(data));
        assertTrue("" + written, written.size() >= 2);
        assertEquals(clips.size(), written.size() + failed.size());
        for (JsonObject item : failed) {
            assertFalse(written.contains(Answers.text(item, "_id")));
        }

        startInferenceNode(Settings.EMPTY);
        clips.removeIf(clip -> written.contains(Clips.id(clip)));
        JsonElement retried = bulk(data, inline(clips));
        assertEquals(retried.toString(), List.of(), Answers.failed(retried));
        assertEquals(29, wholeDocuments(data).size());
    }

    public void testAnotherInferenceNodeTakesOver() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        String leaving = startInferenceNode(SLOW);
        startInferenceNode(SLOW);
        createVideos(data, "");
        List<Path> clips = Clips.good();
        CompletableFuture<JsonElement> bulk =
                begin(data, "POST", "/" + VIDEOS + "/_bulk?refresh=true", inline(clips));
        awaitEmbedded(data, 2);
        internalCluster().stopNode(leaving);
        JsonElement answer = bulk.get();
        assertEquals(answer.toString(), List.of(), Answers.failed(answer));
        assertEquals(clips.size(), wholeDocuments(data).size());
    }

    private void awaitEmbedded(String data, int videos) throws Exception {
        assertBusy(
                () -> {
                    JsonObject models = Answers.at(stats(data), "models").getAsJsonObject();
                    assertTrue(models.has("tiny"));
                    assertTrue(Answers.number(models, "tiny.embed.videos") >= videos);
                },
                2,
                TimeUnit.MINUTES);
    }
}
