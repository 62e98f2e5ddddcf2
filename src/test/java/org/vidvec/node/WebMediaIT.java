package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.vidvec.media.MediaFiles;
import org.vidvec.web.FileServer;

/** A real node, entitlements on, reads a video from a server of the web. */
public class WebMediaIT extends HttpTestCase {

    public void testReadsWhatIsAllowed() throws Exception {
        byte[] video = MediaFiles.bytes("demo/silent-comedy.mp4");
        NodeHome home = NodeFixture.home("web");
        Path option = NodeFixture.allowNetwork(home);
        try (FileServer server = new FileServer(video);
                EmbeddedNode node = start(home, "web", server)) {
            Answer inline = embed(node, Base64.getEncoder().encodeToString(video));
            Answer web = embed(node, server.url() + "/clips/a.mp4?key=1");
            assertEquals(web.body(), 200, web.status());
            assertEquals("the same video", inline.body(), web.body());
            assertTrue(
                    server.requests() + "",
                    server.requests().contains("/clips/a.mp4?key=1 bytes=0-65535"));
            Answer outside = embed(node, server.url() + "/whole/a.mp4");
            assertEquals(outside.body(), 400, outside.status());
            assertThat(outside.body(), containsString("[vidvec.media.allowed_urls]"));
        } finally {
            Files.delete(option);
        }
    }

    public void testWithoutTheEntitlementTheNodeSaysWhatIsMissing() throws Exception {
        try (FileServer server = new FileServer(new byte[9]);
                EmbeddedNode node = start(NodeFixture.home("no-web"), "no-web", server)) {
            Answer answer = embed(node, server.url() + "/clips/a.mp4");
            assertEquals(answer.body(), 502, answer.status());
            assertThat(answer.body(), containsString("[vidvec-decoder --jvm-option VERSION]"));
            assertEquals(List.of(), server.requests());
        }
    }

    private static EmbeddedNode start(NodeHome home, String name, FileServer server)
            throws Exception {
        String allowed = "private+" + server.url() + "/clips/";
        return EmbeddedNode.start(
                home,
                NodeOptions.single(
                        name, Ports.free(), Map.of("vidvec.media.allowed_urls", allowed)),
                Duration.ofMinutes(3));
    }

    private static Answer embed(EmbeddedNode node, String value) throws Exception {
        String body =
                "{\"model_id\": \"tiny\", \"input\": [{\"type\": \"video\", \"value\": \""
                        + value
                        + "\"}]}";
        return call(node.uri(), "POST", "/_vidvec/embed", body);
    }
}
