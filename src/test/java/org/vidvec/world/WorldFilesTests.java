package org.vidvec.world;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.BytesSource;
import org.vidvec.media.Clip;
import org.vidvec.media.FfmpegBackend;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.PdfBackend;
import org.vidvec.media.Sampling;

/** What is written is what the manifest says, as our decoder reads it. */
public class WorldFilesTests extends ESTestCase {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    private final FfmpegBackend media = new FfmpegBackend(MediaFiles.natives());

    public void testFilesAreWhatTheManifestSays() throws Exception {
        Path folder = createTempDir();
        JsonObject manifest = write(folder, 3);
        assertEquals("world", manifest.get("set").getAsString());
        assertEquals(4, manifest.getAsJsonArray("videos").size());
        for (JsonElement video : manifest.getAsJsonArray("videos")) {
            checkVideo(folder, video.getAsJsonObject());
        }
        assertEquals(3, manifest.getAsJsonArray("images").size());
        for (JsonElement image : manifest.getAsJsonArray("images")) {
            checkImage(folder, image.getAsJsonObject());
        }
        assertEquals(2, manifest.getAsJsonArray("pdfs").size());
        for (JsonElement page : manifest.getAsJsonArray("pdfs")) {
            checkPage(folder, page.getAsJsonObject());
        }
        JsonArray moments =
                manifest.getAsJsonArray("videos")
                        .get(3)
                        .getAsJsonObject()
                        .getAsJsonArray("moments");
        assertTrue(moments.size() >= 3);
    }

    public void testSameSeedSameFiles() throws Exception {
        JsonObject first = write(createTempDir(), 5);
        assertEquals(first, write(createTempDir(), 5));
        assertNotEquals(first, write(createTempDir(), 6));
    }

    private JsonObject write(Path folder, long seed) throws Exception {
        List<String> told = new ArrayList<>();
        WorldOrder order =
                new WorldOrder(seed, Split.TEST, 3, 1, 3, 2, new FrameSize(WIDTH, HEIGHT));
        long bytes =
                new WorldFiles(MediaFiles.natives(), order, folder, () -> told.add("file")).write();
        assertEquals(order.files(), told.size());
        assertTrue(bytes > 10_000);
        return JsonParser.parseString(Files.readString(folder.resolve("manifest.json")))
                .getAsJsonObject();
    }

    private void checkVideo(Path folder, JsonObject video) throws Exception {
        Clip clip =
                media.read(source(folder, video), new Sampling.Fps(10, 512), MediaLimits.DEFAULT);
        int count = video.get("frame_count").getAsInt();
        assertEquals(count, clip.frames().size());
        assertEquals(video.get("container").getAsString(), clip.info().container());
        assertEquals(video.get("codec").getAsString(), clip.info().codec());
        assertEquals(WIDTH, clip.info().width());
        assertEquals(HEIGHT, clip.info().height());
        assertEquals(video.get("duration").getAsDouble(), clip.info().durationSeconds(), 0.001);
        assertEquals(video.get("fps").getAsDouble(), clip.info().framesPerSecond(), 0.001);
        for (String sampling : List.of("linspace8", "one_fps")) {
            JsonObject sampled = video.getAsJsonObject("frames").getAsJsonObject(sampling);
            for (int i = 0; i < sampled.getAsJsonArray("index").size(); i++) {
                int index = sampled.getAsJsonArray("index").get(i).getAsInt();
                Frame frame = clip.frames().get(index);
                double time = sampled.getAsJsonArray("time").get(i).getAsDouble();
                assertEquals(time, frame.timeSeconds(), 0.001);
                checkMean(sampled.getAsJsonArray("mean_rgb").get(i).getAsJsonArray(), frame, 4);
            }
        }
        checkTexts(video);
        double end = 0;
        for (JsonElement element : video.getAsJsonArray("moments")) {
            JsonObject moment = element.getAsJsonObject();
            assertTrue(moment.get("start").getAsDouble() >= end);
            end = moment.get("end").getAsDouble();
            assertTrue(end <= video.get("duration").getAsDouble());
            assertFalse(moment.get("caption").getAsString().isEmpty());
        }
    }

    private void checkImage(Path folder, JsonObject image) throws Exception {
        Clip clip = media.read(source(folder, image), new Sampling.Uniform(1), MediaLimits.DEFAULT);
        assertEquals("image", clip.info().kind());
        Frame frame = clip.frames().get(0);
        assertEquals(image.get("width").getAsInt(), frame.width());
        assertEquals(image.get("height").getAsInt(), frame.height());
        JsonArray mean = image.getAsJsonObject("reference").getAsJsonArray("mean_rgb");
        checkMean(mean, frame, 0.006);
        checkTexts(image);
    }

    private static void checkMean(JsonArray expected, Frame frame, double tolerance) {
        double[] mean = frame.meanRgb();
        for (int c = 0; c < 3; c++) {
            assertEquals(expected.get(c).getAsDouble(), mean[c], tolerance);
        }
    }

    /** Every object is where the table says, and the content as long as it says. */
    private void checkPage(Path folder, JsonObject page) throws Exception {
        String pdf = new String(bytes(source(folder, page)), StandardCharsets.US_ASCII);
        assertTrue(pdf.startsWith("%PDF-1.4\n"));
        assertTrue(pdf.endsWith("%%EOF\n"));
        Matcher table = Pattern.compile("startxref\n(\\d+)\n").matcher(pdf);
        assertTrue(table.find());
        assertTrue(pdf.startsWith("xref\n0 5\n", Integer.parseInt(table.group(1))));
        Matcher objects = Pattern.compile("(\\d{10}) 00000 n \n").matcher(pdf);
        for (int i = 1; i <= 4; i++) {
            assertTrue(objects.find());
            assertTrue(pdf.startsWith(i + " 0 obj\n", Integer.parseInt(objects.group(1))));
        }
        Matcher length = Pattern.compile("/Length (\\d+) >>\nstream\n").matcher(pdf);
        assertTrue(length.find());
        int end = length.end() + Integer.parseInt(length.group(1));
        assertTrue(pdf.startsWith("endstream\n", end));
        String caption =
                page.getAsJsonArray("page_captions").get(0).getAsJsonObject().get("caption") + "";
        assertTrue(caption, caption.matches("\"(a sign|the word|a bar chart|a table).*"));
        checkTexts(page);
    }

    /** PDFBox draws what we draw: each unit of the drawing has its colour in its middle. */
    public void testPagesAsPdfBoxDrawsThem() throws Exception {
        WorldSamples samples = new WorldSamples(8, Split.TEST, 1, new FrameSize(84, 84));
        for (int i = 0; i < 12; i++) {
            PageSubject page = (PageSubject) samples.subject(Source.PAGE, i);
            byte[] expected = page.render(1, new FrameSize(84, 84)).rgb();
            Clip clip =
                    new PdfBackend(MediaFiles.natives())
                            .read(
                                    new BytesSource("a.pdf", Pdf.encode(page.drawing())),
                                    new Sampling.Uniform(1),
                                    MediaLimits.DEFAULT);
            assertEquals(1, clip.frames().size());
            Frame drawn = clip.frames().get(0);
            assertEquals(842.0 / 595, (double) drawn.height() / drawn.width(), 0.002);
            double unit = drawn.width() / 84.0;
            double top = (drawn.height() - drawn.width()) / 2.0;
            int wrong = 0;
            for (int p = 0; p < 84 * 84; p++) {
                int x = (int) ((p % 84 + 0.5) * unit);
                int y = (int) (top + (p / 84 + 0.5) * unit);
                int there = drawn.rgb()[3 * (y * drawn.width() + x)] & 255;
                wrong += Math.abs(there - (expected[3 * p] & 255)) > 20 ? 1 : 0;
            }
            // the thin lines of tables cover parts of units
            assertTrue(page.canonical() + ": " + wrong, wrong < 84 * 84 * 0.12);
            assertTrue(page.canonical() + ": " + wrong, isTable(page) || wrong == 0);
        }
    }

    private static boolean isTable(Subject page) {
        return page.canonical().startsWith("TABLE");
    }

    private static void checkTexts(JsonObject entry) {
        Set<String> captions = new HashSet<>();
        entry.getAsJsonArray("captions").forEach(c -> captions.add(c.getAsString()));
        assertEquals(entry.getAsJsonArray("captions").size(), captions.size());
        assertFalse(entry.get("dense_caption").getAsString().isEmpty());
        assertFalse(entry.get("summary").getAsString().isEmpty());
        assertFalse(entry.getAsJsonArray("questions").isEmpty());
        assertEquals(6, entry.getAsJsonArray("matches").size());
        assertEquals("Apache-2.0", entry.get("licence").getAsString());
    }

    private static BytesSource source(Path folder, JsonObject entry) throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve(entry.get("file").getAsString()));
        assertEquals(entry.get("bytes").getAsLong(), bytes.length);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertEquals(entry.get("sha256").getAsString(), HexFormat.of().formatHex(digest));
        return new BytesSource(entry.get("file").getAsString(), bytes);
    }

    private static byte[] bytes(BytesSource source) throws Exception {
        byte[] bytes = new byte[(int) source.size()];
        assertEquals(bytes.length, source.read(0, bytes, 0, bytes.length));
        return bytes;
    }
}
