package org.vidvec.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.junit.After;
import org.junit.BeforeClass;
import org.vidvec.node.HttpTestCase;
import org.vidvec.node.NodeFixture;

/** The demo's requests, as the README shows them, sent by a client that users have. */
public abstract class ClientTestCase extends HttpTestCase {

    /** The project's folder. */
    static final Path PROJECT = PathUtils.get(System.getProperty("vidvec.project.dir"));

    static final String INDEX = "videos";

    /** Two small clips are enough to see an order. */
    static final List<String> CLIPS = List.of("sign-eat.mkv", "elf-figurine.mkv");

    /** The demo's requests are for the plugin's own model. */
    @BeforeClass
    public static void talkToInstalledNode() throws Exception {
        talkTo(NodeFixture.installed());
    }

    @After
    public void cleanUp() throws IOException {
        call("DELETE", "/" + INDEX + "?ignore_unavailable=true", null);
        call("DELETE", "/_ingest/pipeline/*", null);
    }

    /** The file of one of the demo's requests, for example {@code search}. */
    static Path requestFile(String name) {
        return PROJECT.resolve("src/main/demo/requests").resolve(name + ".json");
    }

    /** The body of one of the demo's requests. */
    static String request(String name) throws IOException {
        return Files.readString(requestFile(name));
    }

    /** A clip as it stands in a document. */
    static String base64(String clip) throws IOException {
        byte[] bytes = Files.readAllBytes(PROJECT.resolve("src/main/demo/clips").resolve(clip));
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The body of the bulk request. */
    static String bulk() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String clip : CLIPS) {
            lines.append("{\"index\":{\"_id\":\"").append(clip).append("\"}}\n");
            lines.append("{\"title\":\"").append(clip);
            lines.append("\",\"video\":\"").append(base64(clip)).append("\"}\n");
        }
        return lines.toString();
    }
}
