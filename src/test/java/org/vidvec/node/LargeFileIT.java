package org.vidvec.node;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.SpreadMp4;

/** Eight frames of two gigabytes in a repository: a real node reads only the parts it needs. */
public class LargeFileIT extends HttpTestCase {

    private static final String PIPELINE =
            """
            {"processors": [{"vidvec": {"model_id": "tiny", "field": "video", "properties": ["embedding", "media"],
              "sampling": {"strategy": "uniform", "frames": 8}}}]}""";

    public void testEightFrames() throws Exception {
        byte[] video = MediaFiles.bytes("demo/silent-comedy.mp4");
        Path folder = NodeFixture.repositoryFolder();
        Path large = folder.resolve("large.mp4");
        SpreadMp4.of(video, 95_000_000, 24, false).write(large);
        assertTrue(Files.size(large) > 1_900_000_000L);
        ok("PUT", "/_snapshot/" + NodeFixture.ALLOWED_REPOSITORY, repository(folder));
        ok("PUT", "/_ingest/pipeline/large", PIPELINE);
        try {
            // loads the model and FFmpeg
            embed("silent-comedy.mp4");
            long before = readByTheNode();
            JsonObject media = embed("large.mp4");
            long bytes = readByTheNode() - before;
            logger.info("[{}] bytes", bytes);
            assertEquals(8, media.get("frames_sampled").getAsInt());
            assertEquals(embed("silent-comedy.mp4").get("duration"), media.get("duration"));
            // the node reads a little of its own meanwhile
            assertTrue(bytes + "", bytes < 32 << 20);
        } finally {
            Files.delete(large);
            call("DELETE", "/large", null);
            call("DELETE", "/_ingest/pipeline/large", null);
            call("DELETE", "/_snapshot/" + NodeFixture.ALLOWED_REPOSITORY, null);
        }
    }

    private static String repository(Path folder) {
        return "{\"type\": \"fs\", \"settings\": {\"location\": \"" + folder + "\"}}";
    }

    private static JsonObject embed(String file) throws IOException {
        String uri = "repository://" + NodeFixture.ALLOWED_REPOSITORY + "/" + file;
        ok("PUT", "/large/_doc/1?pipeline=large", "{\"video\": \"" + uri + "\"}");
        return ok("GET", "/large/_doc/1", null)
                .json()
                .getAsJsonObject()
                .getAsJsonObject("_source")
                .getAsJsonObject("vidvec")
                .getAsJsonObject("media");
    }

    private static Answer ok(String method, String path, String body) throws IOException {
        Answer answer = call(method, path, body);
        assertTrue(answer.body(), answer.status() / 100 == 2);
        return answer;
    }

    /** What the node's process has read from files and sockets so far, as Linux counts it. */
    private static long readByTheNode() throws IOException {
        JsonObject nodes =
                ok("GET", "/_nodes/process?filter_path=nodes.*.process.id", null)
                        .json()
                        .getAsJsonObject()
                        .getAsJsonObject("nodes");
        String id = nodes.keySet().iterator().next();
        int process = nodes.getAsJsonObject(id).getAsJsonObject("process").get("id").getAsInt();
        Path counters = Path.of("/proc", process + "", "io");
        for (String line : Files.readAllLines(counters, StandardCharsets.US_ASCII)) {
            if (line.startsWith("rchar: ")) {
                return Long.parseLong(line.substring("rchar: ".length()));
            }
        }
        throw new IOException("no [rchar] in [" + counters + "]");
    }
}
