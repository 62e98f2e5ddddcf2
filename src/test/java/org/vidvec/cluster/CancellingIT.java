package org.vidvec.cluster;

import com.google.gson.JsonElement;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.client.Cancellable;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.http.HttpServerTransport;

/** What a model was asked for ends on its node when whoever asked goes away. */
public class CancellingIT extends ClusterTestCase {

    /** A batch that waits for company until long after the test. */
    private static final Settings WAITING =
            Settings.builder().put("vidvec.inference.batch.max_wait", "5m").build();

    private void assertNothingIsAsked(String node) throws Exception {
        assertBusy(
                () -> {
                    assertEquals(0, Answers.number(stats(node), "queue.size"));
                    JsonElement tasks =
                            ok(
                                    node,
                                    "GET",
                                    "/_tasks?group_by=none&actions=cluster:monitor/vidvec/match*,"
                                            + "cluster:monitor/vidvec/generate*,"
                                            + "cluster:monitor/vidvec/embed*",
                                    null);
                    assertEquals(
                            tasks.toString(),
                            0,
                            Answers.at(tasks, "tasks").getAsJsonArray().size());
                },
                1,
                TimeUnit.MINUTES);
    }

    private void assertIsAsked(String node) throws Exception {
        assertBusy(
                () -> assertEquals(1, Answers.number(stats(node), "queue.size")),
                1,
                TimeUnit.MINUTES);
    }

    /** The search that judges is one inside of the user's: the host gives it no parent. */
    public void testTheMatchOfARetrieverEndsWithItsSearch() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(WAITING);
        ok(
                data,
                "PUT",
                "/" + VIDEOS,
                """
                {"settings": {"number_of_replicas": 0}, "mappings": {"properties": {"video":
                  {"type": "binary"}}}}
                """);
        Path clip = Clips.demo().get(0);
        String document = "{\"title\": \"x\", \"video\": \"" + Clips.base64(clip) + "\"}";
        ok(data, "PUT", "/" + VIDEOS + "/_doc/1?refresh=true", document);
        Cancellable search =
                beginAndMayCancel(
                        data,
                        "POST",
                        "/" + VIDEOS + "/_search",
                        """
                        {"retriever": {"vidvec_rerank": {
                          "retriever": {"standard": {"query": {"match_all": {}}}},
                          "model_id": "tiny", "query": "a dog", "field": "video",
                          "timeout": "4m"}}}
                        """);
        assertIsAsked(data);
        search.cancel();
        assertNothingIsAsked(data);
        assertEquals(0, Answers.number(stats(data), "models.tiny.rerank.pairs"));
    }

    public void testTheVectorOfAQueryEndsWithItsSearch() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(WAITING);
        createVideos(data, "");
        Cancellable search =
                beginAndMayCancel(
                        data,
                        "POST",
                        "/" + VIDEOS + "/_search",
                        "{"
                                + knn("a dog", 1)
                                        .replace("\"input\"", "\"timeout\": \"4m\", \"input\"")
                                + "}");
        assertIsAsked(data);
        search.cancel();
        assertNothingIsAsked(data);
    }

    /** Thousands of tokens are wanted, a few are heard. */
    public void testATextThatNobodyHearsAnyMoreIsNotWritten() throws Exception {
        String data = startDataNode(Settings.EMPTY);
        startInferenceNode(Settings.EMPTY);
        ok(data, "POST", "/_vidvec/embed", "{\"model_id\": \"tiny\", \"input\": \"a\"}");
        TransportAddress at =
                internalCluster()
                        .getInstance(HttpServerTransport.class, data)
                        .boundAddress()
                        .publishAddress();
        byte[] body =
                ("{\"model_id\": \"tiny\", \"input\": \"a frog\", \"max_new_tokens\": 4000,"
                                + " \"temperature\": 1, \"timeout\": \"4m\"}")
                        .getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /_vidvec/caption?stream=true HTTP/1.1\r\nHost: test\r\nContent-Type:"
                        + " application/json\r\nContent-Length: "
                        + Integer.toString(body.length)
                        + "\r\n\r\n";
        try (Socket socket = new Socket(at.address().getAddress(), at.address().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            readUntil(socket.getInputStream(), "\"delta\"");
        }
        assertNothingIsAsked(data);
        JsonElement stats = stats(data);
        assertEquals(
                "no text was finished", 0, Answers.number(stats, "models.tiny.generate.tokens"));
    }

    private static void readUntil(InputStream in, String word) throws Exception {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(word) < 0) {
            int next = in.read();
            assertTrue("ended with " + heard, next >= 0);
            heard.append((char) next);
        }
    }
}
