package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

public class EmbedCommandTests extends ESTestCase {

    private static final String TINY = "src/test/models/tiny";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public void testTextsAndFilesAsJson() throws Exception {
        String clip = media("video/dog-fetch.mp4").toString();
        assertEquals(
                err.toString(),
                0,
                run(
                        "embed",
                        "--model",
                        TINY,
                        "--device",
                        "cpu",
                        "--json",
                        "--text",
                        "a dog",
                        clip));
        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals("tiny", json.get("model").getAsString());
        JsonArray embeddings = json.getAsJsonArray("embeddings");
        assertEquals(2, embeddings.size());
        assertEquals("a dog", embeddings.get(0).getAsJsonObject().get("input").getAsString());
        assertEquals(clip, embeddings.get(1).getAsJsonObject().get("input").getAsString());
        assertEquals(96, embeddings.get(1).getAsJsonObject().getAsJsonArray("embedding").size());
    }

    /** Each page is read as a picture: two pages more are twice as many picture tokens more. */
    public void testPagesOfAPdf() throws Exception {
        String one = media("bad/javascript.pdf").toString();
        String three = media("bad/owner-password-only.pdf").toString();
        assertEquals(
                err.toString(),
                0,
                run("embed", "--model", TINY, "--device", "cpu", "--json", one, three));
        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        JsonArray embeddings = json.getAsJsonArray("embeddings");
        int ofOne = embeddings.get(0).getAsJsonObject().get("tokens").getAsInt();
        int ofThree = embeddings.get(1).getAsJsonObject().get("tokens").getAsInt();
        assertTrue(ofOne + " and " + ofThree, ofThree >= ofOne + 2 * 8);
    }

    public void testLines() {
        assertEquals(
                err.toString(),
                0,
                run("embed", "--model", TINY, "--device", "cpu", "--text", "a", "--text", "b"));
        String[] lines = out.toString().split("\\R");
        assertEquals(2, lines.length);
        assertTrue(lines[1], lines[1].matches("b\t-?[0-9].*"));
        assertEquals(96, lines[1].split("\t")[1].split(" ").length);
    }

    public void testRefusals() throws Exception {
        assertRefused(2, "nothing to embed; give a [FILE] or a [--text]", "embed", "--model", TINY);
        assertRefused(1, "there is no folder [", "embed", "--model", "no/such", "--text", "a");
        assertRefused(
                1,
                "[config.json] is missing in [",
                "embed",
                "--model",
                createTempDir().toString(),
                "--text",
                "a");
        assertRefused(
                1, "can't read [no.mp4]", "embed", "--model", TINY, "--device", "cpu", "no.mp4");
        assertRefused(
                1,
                "text.mp4",
                "embed",
                "--model",
                TINY,
                "--device",
                "cpu",
                media("bad/text.mp4").toString());
    }

    private void assertRefused(int code, String message, String... args) {
        err.getBuffer().setLength(0);
        assertEquals(code, run(args));
        assertTrue(err.toString(), err.toString().contains(message));
        assertFalse(err.toString(), err.toString().contains("defect"));
    }

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static Path media(String name) throws Exception {
        return PathUtils.get(EmbedCommandTests.class.getResource("/media/" + name).toURI());
    }
}
