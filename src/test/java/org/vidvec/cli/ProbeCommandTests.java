package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

public class ProbeCommandTests extends ESTestCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Numbers of PyAV, from media/manifest.json. */
    public void testVideoAsJson() throws Exception {
        JsonObject json = json(0, media("video/dog-fetch.mp4"), "--json");
        assertEquals("video", json.get("kind").getAsString());
        assertEquals("h264", json.get("codec").getAsString());
        assertEquals(640, json.get("width").getAsInt());
        assertEquals(360, json.get("height").getAsInt());
        assertEquals(9.643, json.get("duration").getAsDouble(), 1e-3);
        JsonArray frames = json.getAsJsonArray("frames");
        assertEquals(8, frames.size());
        JsonObject second = frames.get(1).getAsJsonObject();
        assertEquals(41, second.get("index").getAsInt());
        assertEquals(1.36803, second.get("time").getAsDouble(), 1e-4);
        double[] mean = {145.43, 144.38, 125.53};
        for (int i = 0; i < 3; i++) {
            double actual = second.getAsJsonArray("mean_rgb").get(i).getAsDouble();
            assertEquals(mean[i], actual, 1.5);
        }
    }

    public void testSampling() throws Exception {
        String clip = media("video/dog-fetch.mp4");
        assertEquals(
                10, json(0, clip, "--json", "--sample", "fps:1").getAsJsonArray("frames").size());
        assertEquals(
                3, json(0, clip, "--json", "--sample=uniform:3").getAsJsonArray("frames").size());
        for (String wrong : new String[] {"uniform", "uniform:0", "uniform:1.5", "fps:x", "all"}) {
            assertEquals(2, run("probe", clip, "--sample", wrong));
            assertTrue(err.toString(), err.toString().contains(wrong));
        }
    }

    public void testLinesAndThumbnails() throws Exception {
        Path folder = createTempDir().resolve("new");
        assertEquals(
                err.toString(),
                0,
                run("probe", media("image/cat.png"), "--thumbnails", folder.toString()));
        assertTrue(
                out.toString(), out.toString().startsWith("image, png in png_pipe, 451 x 300, 0."));
        assertTrue(out.toString(), out.toString().contains("rgb 147.67 111.44  86.80"));
        byte[] jpeg = Files.readAllBytes(folder.resolve("000000.jpg"));
        assertEquals(0xff, jpeg[0] & 255);
        assertEquals(0xd8, jpeg[1] & 255);
    }

    public void testRefusals() throws Exception {
        assertRefused(media("bad/text.mp4"), "not_media", "(it looks like text)");
        assertRefused(media("bad/no-moov.mp4"), "corrupt", "is truncated or damaged");
        assertRefused(media("bad/bomb-30000.png"), "over_limit", "[vidvec.media.max_pixels]");
        assertRefused("data:video/mp4;base64,AAAA", "not_media", "no known container");
        String argument = "illegal_argument_exception";
        assertRefused("no.mp4", argument, "there is no file [no.mp4]");
        assertRefused("data:text/plain;base64,AAAA", argument, "[input] is a text");
        assertRefused("repository://a/b.mp4", argument, "[vidvec.media.repositories]");
        for (String uri :
                new String[] {
                    "file:///etc/passwd",
                    "concat:canary.txt|/etc/passwd",
                    "subfile,,start,0,end,100,,:/etc/passwd",
                    "pipe:0",
                    "hls+file:///etc/passwd",
                    "crypto:file:///etc/passwd"
                }) {
            assertRefused(uri, argument, "can't read media from [" + uri + "]");
        }
        String url = "http://127.0.0.1:9099/x.mp4";
        String outside = "[" + url + "] may not be read: it begins with none of the prefixes in";
        assertRefused(url, argument, outside + " [vidvec.media.allowed_urls]");
        assertEquals(2, run("probe", media("bad/text.mp4")));
        assertTrue(
                err.toString(), err.toString().startsWith("vidvec: could not decode [text.mp4]"));
    }

    private void assertRefused(String location, String type, String reason) {
        JsonObject error = json(2, location, "--json").getAsJsonObject("error");
        assertEquals(location, type, error.get("type").getAsString());
        assertTrue(error.toString(), error.get("reason").getAsString().contains(reason));
    }

    private JsonObject json(int code, String... args) {
        out.getBuffer().setLength(0);
        String[] all = new String[args.length + 1];
        all[0] = "probe";
        System.arraycopy(args, 0, all, 1, args.length);
        assertEquals(out + "" + err, code, run(all));
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String media(String name) throws Exception {
        return PathUtils.get(ProbeCommandTests.class.getResource("/media/" + name).toURI())
                .toString();
    }
}
