package org.vidvec.node;

import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.SpreadMp4;

/** Eight frames of a file of 2 GB in a repository: what a real node reads for them. */
public class LargeFileIT extends HttpTestCase {

    public void testANodeReadsOnlyWhatItNeeds() throws Exception {
        Path file = NodeFixture.repositoryFolder().resolve("large.mp4");
        SpreadMp4.of(MediaFiles.bytes("demo/silent-comedy.mp4"), 100_000_000, 24, false)
                .write(file);
        String repository =
                "{\"type\": \"fs\", \"settings\": {\"location\": \""
                        + NodeFixture.repositoryFolder()
                        + "\"}}";
        String path = "/_snapshot/" + NodeFixture.ALLOWED_REPOSITORY;
        call("PUT", path + "?verify=false", repository);
        try {
            assertTrue(Files.size(file) > 1_900_000_000L);
            // loads the model and the libraries
            embed("silent-comedy.mp4");
            long before = bytesRead();
            embed("large.mp4");
            // 1.5 MB of the file; the rest is the node's own, a few megabytes
            assertThat(bytesRead() - before, lessThan(40L << 20));
        } finally {
            call("DELETE", path, null);
            Files.delete(file);
        }
    }

    private static void embed(String file) throws Exception {
        Answer answer =
                call(
                        "POST",
                        "/_vidvec/embed",
                        "{\"model_id\": \"tiny\", \"input\": [{\"type\": \"video\", \"value\":"
                                + " \"repository://"
                                + NodeFixture.ALLOWED_REPOSITORY
                                + "/"
                                + file
                                + "\"}]}");
        assertEquals(answer.body(), 200, answer.status());
    }

    /** Of all files by the node's process since it began, from wherever Linux has them. */
    private static long bytesRead() throws Exception {
        Path io = Path.of("/proc/" + NodeFixture.process().pid() + "/io");
        for (String line : Files.readAllLines(io)) {
            if (line.startsWith("rchar:")) {
                return Long.parseLong(line.substring("rchar:".length()).strip());
            }
        }
        throw new AssertionError(io);
    }
}
