package org.vidvec.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;

/** One data node without inference, one inference node: ingest, search, rescore, refusals. */
public class ClusterIT extends ClusterTestCase {

    public void testIngestOnOneNodeAndSearchOnTheOther() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        String inference = startInferenceNode(Settings.EMPTY);
        createVideos(data, "");
        List<Path> clips = Clips.demo();
        JsonElement bulk = bulk(data, inline(clips));
        assertEquals(bulk.toString(), List.of(), Answers.failed(bulk));
        assertEquals(clips.size(), wholeDocuments(data).size());

        JsonElement knn =
                search(inference, "{\"size\": 12, " + knn("a hand moves bottles", 12) + "}");
        assertEquals(clips.size(), new HashSet<>(Answers.ids(knn)).size());
        JsonElement again = search(data, "{\"size\": 12, " + knn("a hand moves bottles", 12) + "}");
        assertEquals("the same from every node", Answers.ids(knn), Answers.ids(again));
        assertEquals(1, Answers.number(stats(data), "cache.query_hits"));

        String rescored =
                """
                {"size": 5, %s, "rescore": {"window_size": 12, "vidvec":
                  {"model_id": "tiny", "query": "a hand moves bottles"}}}
                """
                        .formatted(knn("a hand moves bottles", 12));
        JsonElement reranked = search(inference, rescored);
        double last = 1;
        for (JsonElement hit : Answers.at(reranked, "hits.hits").getAsJsonArray()) {
            double pYes = Answers.at(hit, "_score").getAsDouble();
            assertTrue(last + " then " + pYes, pYes <= last && pYes > 0);
            last = pYes;
        }
        JsonElement stats = stats(inference);
        assertEquals("only one node can answer", 1, Answers.number(stats, "_nodes.total"));
        assertEquals(clips.size(), Answers.number(stats, "models.tiny.embed.videos"));
        assertTrue(Answers.number(stats, "models.tiny.embed.batches") > 1);
        assertEquals(12, Answers.number(stats, "models.tiny.rerank.pairs"));
        assertEquals(clips.size(), Answers.number(stats, "decode.files"));
        assertEquals("the videos are kept", 12, Answers.number(stats, "prefixes.entries"));
        assertEquals(0, Answers.number(stats, "prefixes.hits"));
        JsonElement other = search(inference, rescored.replace("bottles\"}}", "cups\"}}"));
        assertEquals(5, Answers.ids(other).size());
        JsonElement after = stats(data);
        assertEquals(12, Answers.number(after, "prefixes.hits"));
        assertEquals(
                Answers.number(stats, "prefixes.misses"), Answers.number(after, "prefixes.misses"));
    }

    public void testBulkOfThirtyClipsOfMixedCodecsWithATextAmongThem() throws Exception {
        Path folder = randomRepoPath();
        Settings allowed = Settings.builder().putList("vidvec.media.repositories", "media").build();
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(allowed);
        ok(
                data,
                "PUT",
                "/_snapshot/media?verify=false",
                """
                {"type": "fs", "settings": {"location": "%s"}}
                """
                        .formatted(folder));
        createVideos(data, "");
        List<Path> clips = new ArrayList<>(Clips.good());
        assertEquals(29, clips.size());
        clips.add(18, Clips.TEXT);
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < clips.size(); i++) {
            Path clip = clips.get(i);
            if (i % 2 == 0) {
                bulk.append(line(clip, Clips.base64(clip)));
            } else {
                Files.createDirectories(folder.resolve("clips"));
                Files.copy(clip, folder.resolve("clips").resolve(clip.getFileName().toString()));
                bulk.append(line(clip, "repository://media/clips/" + clip.getFileName()));
            }
        }
        JsonElement answer = bulk(data, bulk.toString());
        List<JsonObject> failed = Answers.failed(answer);
        assertEquals(answer.toString(), 1, failed.size());
        assertEquals("text", Answers.text(failed.get(0), "_id"));
        assertEquals(400, Answers.number(failed.get(0), "status"));
        assertEquals("illegal_argument_exception", Answers.text(failed.get(0), "error.type"));
        String reason = Answers.text(failed.get(0), "error.reason");
        assertTrue(reason, reason.contains("[video]"));
        assertTrue(reason, reason.contains("text"));
        assertEquals(29, wholeDocuments(data).size());
        JsonElement decode = Answers.at(stats(data), "decode");
        assertEquals(29, Answers.number(decode, "files"));
        assertEquals(1, Answers.number(decode, "by_reason.not_media"));
    }

    public void testATextIsStreamedWhileTheOtherNodeWritesIt() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(Settings.EMPTY);
        String body = "{\"model_id\": \"tiny\", \"input\": \"a frog\", \"max_new_tokens\": 12}";
        JsonElement whole = call(data, "POST", "/_vidvec/caption", body).json();
        Answer streamed = call(data, "POST", "/_vidvec/caption?stream=true", body);
        List<String> events = new ArrayList<>(List.of(streamed.body().split("\n\n")));
        assertEquals("event: message\ndata: [DONE]", events.removeLast());
        StringBuilder text = new StringBuilder();
        JsonElement last = null;
        for (String event : events) {
            assertTrue(event, event.startsWith("event: message\ndata: {"));
            last = JsonParser.parseString(event.substring(event.indexOf('{')));
            text.append(Answers.text(last, "completion.0.delta"));
        }
        assertEquals(Answers.text(whole, "completion.0.result"), text.toString());
        assertTrue("in parts, not at the end alone", events.size() > 1);
        assertEquals(
                Answers.number(whole, "completion.0.tokens"),
                Answers.number(last, "completion.0.tokens"));
        Answer missing =
                call(data, "POST", "/_vidvec/caption?stream=true", body.replace("tiny", "nosuch"));
        assertEquals("nothing was sent yet", 404, missing.status());
    }

    public void testATextInlineIsRefusedByFieldTypeAndReason() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(Settings.EMPTY);
        createVideos(data, "");
        JsonElement answer = bulk(data, inline(List.of(Clips.TEXT)));
        String reason = Answers.text(Answers.failed(answer).get(0), "error.reason");
        assertTrue(reason, reason.contains("could not decode [video]"));
        assertTrue(reason, reason.contains("text"));
    }

    public void testARepositoryThatIsNotAllowedIsNotRead() throws Exception {
        Path folder = randomRepoPath();
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(
                Settings.builder().putList("vidvec.media.repositories", "media").build());
        Files.createDirectories(folder);
        Path clip = Clips.demo().get(0);
        Files.copy(clip, folder.resolve("clip.mp4"));
        for (String name : List.of("media", "backups")) {
            ok(
                    data,
                    "PUT",
                    "/_snapshot/" + name + "?verify=false",
                    """
                    {"type": "fs", "settings": {"location": "%s"}}
                    """
                            .formatted(folder));
        }
        createVideos(data, "");
        JsonElement answer =
                bulk(
                        data,
                        line(clip, "repository://backups/clip.mp4")
                                + line(clip, "repository://media/no-such.mp4")
                                + line(clip, "repository://media/../clip.mp4")
                                + line(clip, "file:///etc/passwd")
                                + line(clip, "http://127.0.0.1/clip.mp4"));
        List<JsonObject> failed = Answers.failed(answer);
        assertEquals(answer.toString(), 5, failed.size());
        List<String> reasons = new ArrayList<>();
        for (JsonObject item : failed) {
            assertEquals(400, Answers.number(item, "status"));
            reasons.add(Answers.text(item, "error.reason"));
            assertTrue(item.toString(), reasons.getLast().contains("[video]"));
        }
        assertTrue(reasons.get(0), reasons.get(0).contains("[vidvec.media.repositories]"));
        assertTrue(reasons.get(1), reasons.get(1).contains("no file [no-such.mp4]"));
        assertTrue(reasons.get(2), reasons.get(2).contains("must not hold [..]"));
        assertTrue(reasons.get(3), reasons.get(3).contains("can't read media from [file:"));
        assertTrue(reasons.get(4), reasons.get(4).contains("[vidvec.media.allowed_urls]"));
        assertEquals(List.of(), wholeDocuments(data));
    }

    public void testOnFailureKeepsTheDocumentAndTheReason() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(Settings.EMPTY);
        createVideos(data, ", \"on_failure\": [{\"failure_note\": {}}]");
        JsonElement answer = bulk(data, inline(List.of(Clips.TEXT, Clips.demo().get(0))));
        assertEquals(answer.toString(), List.of(), Answers.failed(answer));
        JsonElement found = search(data, "{\"query\": {\"exists\": {\"field\": \"error\"}}}");
        assertEquals(List.of("text"), Answers.ids(found));
        JsonElement source = Answers.at(found, "hits.hits").getAsJsonArray().get(0);
        String error = Answers.text(source, "_source.error");
        assertTrue(error, error.contains("could not decode [video]"));
        assertFalse(source.getAsJsonObject().getAsJsonObject("_source").has("vidvec"));
    }

    public void testAFullQueueMakesTheProcessorTryAgain() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(
                Settings.builder()
                        .put("vidvec.inference.queue_capacity", 1)
                        // long enough for the next document to come
                        .put("vidvec.inference.batch.max_wait", "300ms")
                        .build());
        createVideos(data, "");
        // the model is loaded first: only then are refusals counted
        search(data, "{" + knn("load", 1) + "}");
        List<Path> clips = Clips.demo();
        JsonElement bulk = bulk(data, inline(clips));
        assertEquals(bulk.toString(), List.of(), Answers.failed(bulk));
        assertEquals(clips.size(), wholeDocuments(data).size());
        JsonElement stats = stats(data);
        assertTrue(stats.toString(), Answers.number(stats, "models.tiny.embed.rejected") > 0);
        assertEquals(1, Answers.number(stats, "queue.capacity"));
    }

    public void testDamagedModelsAreRefusedByNameAndTheOthersGoOn() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        String inference = startInferenceNode(Settings.EMPTY);
        Path config = internalCluster().getInstance(Environment.class, inference).configDir();
        Path models = config.resolve("vidvec").resolve("models");
        byte[] pickle = {(byte) 0x80, 2, 'c', 'o', 's', '\n', 's', 'y', 's', 't', 'e', 'm', '\n'};
        byte[] whole = Files.readAllBytes(models.resolve("tiny/model.safetensors"));
        Map<String, byte[]> weights =
                Map.of("cut", Arrays.copyOf(whole, whole.length - 9), "pickle", pickle);
        Map<String, String> said =
                Map.of("cut", "the file is cut off", "pickle", "is a PyTorch pickle");
        for (String id : weights.keySet()) {
            copy(models.resolve("tiny"), models.resolve(id));
            Files.write(models.resolve(id).resolve("model.safetensors"), weights.get(id));
            Answer answer =
                    call(
                            data,
                            "POST",
                            "/_vidvec/embed",
                            "{\"model_id\": \"" + id + "\", \"input\": \"a\"}");
            String text = answer.json().toString();
            assertEquals(text, 500, answer.status());
            assertTrue(text, text.contains("[" + id + "/model.safetensors]"));
            assertTrue(text, text.contains(said.get(id)));
            assertFalse(text, text.contains(config.toString()));
        }
        ok(data, "POST", "/_vidvec/embed", "{\"model_id\": \"tiny\", \"input\": \"a\"}");
    }

    public void testAFullQueueIsA429ForWhoDoesNotTryAgain() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(
                Settings.builder()
                        .put("vidvec.inference.queue_capacity", 1)
                        .put("vidvec.inference.batch.max_wait", "10s")
                        .build());
        createVideos(data, "");
        // it waits for company for ten seconds
        var first = begin(data, "POST", "/" + VIDEOS + "/_search", "{" + knn("one", 1) + "}");
        assertBusy(
                () -> assertEquals(1, Answers.number(stats(data), "queue.size")),
                1,
                TimeUnit.MINUTES);
        Answer second = call(data, "POST", "/" + VIDEOS + "/_search", "{" + knn("two", 1) + "}");
        assertEquals(second.json().toString(), 429, second.status());
        String text = second.json().toString();
        assertTrue(text, text.contains("[1] calls of [1] are under way"));
        assertTrue(text, text.contains("es_rejected_execution_exception"));
        assertEquals(0, Answers.number(first.get(), "hits.total.value"));
    }

    public void testWithoutAnInferenceNodeOrdinarySearchWorksAndVidvecIsA503() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        ok(
                data,
                "PUT",
                "/" + VIDEOS,
                """
                {"settings": {"number_of_replicas": 0}, "mappings": {"properties": {"v":
                  {"type": "dense_vector", "dims": 3, "similarity": "cosine"}}}}
                """);
        ok(data, "POST", "/" + VIDEOS + "/_doc/1?refresh=true", "{\"v\": [1, 2, 3]}");
        JsonElement found =
                search(
                        data,
                        """
                        {"knn": {"field": "v", "query_vector": [1, 2, 3], "k": 1}}
                        """);
        assertEquals(List.of("1"), Answers.ids(found));
        Answer refused = call(data, "POST", "/" + VIDEOS + "/_search", "{" + knn("x", 1) + "}");
        assertEquals(503, refused.status());
        assertTrue(
                refused.json().toString(),
                refused.json().toString().contains("there is no inference node in the cluster"));
    }
}
