package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.elasticsearch.test.ESTestCase;

/** Sets of one's own, and what can be measured on each. */
public class EvalSetsTests extends ESTestCase {

    private static final Path MEDIA = Path.of("src", "test", "resources", "media");
    private static final Path MODEL = Path.of("src", "test", "models", "tiny");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        folder = createTempDir();
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** The report of {@code eval} on the folder. */
    private JsonObject eval(String... options) {
        assertEquals(err.toString(), 0, tryEval(options));
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private int tryEval(String... options) {
        List<String> usual =
                List.of("eval", folder.toString(), "--model", MODEL.toString(), "--json");
        return run(Stream.concat(usual.stream(), Stream.of(options)).toArray(String[]::new));
    }

    private void lines(String name, String... lines) throws Exception {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private void media(String... names) throws Exception {
        for (String name : names) {
            Files.copy(MEDIA.resolve("image").resolve(name), folder.resolve(name));
        }
    }

    /** LLaVA-Hound as it is released: questions, and videos as folders of pictures. */
    public void testQuestionsAlone() throws Exception {
        Path frames = Files.createDirectories(folder.resolve("frames/v_1-Scene-001"));
        for (int i = 1; i < 4; i++) {
            BufferedImage image = new BufferedImage(56, 56, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xff0000);
            try (var to = Files.newOutputStream(frames.resolve("c01_000" + i + ".png"))) {
                ImageIO.write(image, "png", to);
            }
        }
        lines(
                "hound_qa.jsonl",
                "{\"id\": \"1\", \"video\": \"v_1-Scene-001\", \"conversations\": [{\"from\":"
                        + " \"human\", \"value\": \"<video>\\nwhat is it?\"}, {\"from\": \"gpt\","
                        + " \"value\": \"A dot.\"}]}");
        JsonObject report = eval("--answers", "2");
        assertEquals(1, report.getAsJsonObject("questions").get("questions").getAsInt());
        assertFalse(report.has("t2v"));
        assertEquals("[]", report.getAsJsonObject("set").get("missing").toString());
        assertEquals(1, tryEval());
        assertThat(
                err.toString(),
                containsString(
                        "so that nothing can be measured; for its [1] questions give [--answers]"));
    }

    public void testMatchesAlone() throws Exception {
        media("cat.png");
        lines(
                "own.jsonl",
                "{\"image\": \"cat.png\", \"matches\": [{\"text\": \"a cat\", \"matches\": true}],"
                        + " \"questions\": [{\"question\": \"who?\", \"answer\": \"a cat\","
                        + " \"options\": [\"a dog\", \"a cat\"]}]}");
        JsonObject report = eval("--rerank", "2", "--answers", "1");
        JsonObject all = report.getAsJsonObject("matches").getAsJsonObject("all");
        assertEquals(1, all.get("claims").getAsInt());
        assertEquals(1, report.getAsJsonObject("questions").get("questions").getAsInt());
        assertEquals(1, tryEval());
        assertThat(
                err.toString(),
                containsString(
                        "for its [1] questions give [--answers]; for its [1] matches give [--rerank]"));
    }

    public void testComposedPairs() throws Exception {
        media("cat.png", "cameraman-gray.png");
        lines(
                "own.jsonl",
                "{\"source\": \"cat.png\", \"change\": \"a man\", \"target\": \"cameraman-gray.png\"}",
                "{\"source\": \"cameraman-gray.png\", \"change\": \"a cat\", \"target\": \"cat.png\"}");
        JsonObject composed = eval("--composed", "5").getAsJsonObject("composed");
        for (String way : new String[] {"joint", "weighted", "change_alone", "source_alone"}) {
            assertEquals(2, composed.getAsJsonObject(way).get("queries").getAsInt());
            assertEquals(2, composed.getAsJsonObject(way).get("candidates").getAsInt());
        }
        // it is nearest to itself, which is no answer: the other one is left
        JsonObject alone = composed.getAsJsonObject("source_alone");
        assertEquals(1, alone.get("recall@1").getAsDouble(), 0);
        assertEquals(1, tryEval());
        assertThat(err.toString(), containsString("[2] composed pairs give [--composed]"));
    }

    public void testComposedPairsOfAWrittenWorld() throws Exception {
        String[] world = {
            "world",
            "--out",
            folder.toString(),
            "--clips",
            "2",
            "--long",
            "0",
            "--images",
            "0",
            "--pages",
            "0",
            "--composed",
            "2",
            "--size",
            "64x48"
        };
        assertEquals(err.toString(), 0, run(world));
        assertThat(err.toString(), containsString("6 files of the test split"));
        JsonObject manifest =
                JsonParser.parseString(Files.readString(folder.resolve("manifest.json")))
                        .getAsJsonObject();
        for (int i = 0; i < 2; i++) {
            JsonObject pair = manifest.getAsJsonArray("composed").get(i).getAsJsonObject();
            assertFalse(pair.get("change").getAsString().isBlank());
            assertTrue(Files.exists(folder.resolve(pair.get("source").getAsString())));
            assertTrue(Files.exists(folder.resolve(pair.get("target").getAsString())));
        }
        JsonObject report = eval("--composed", "2");
        JsonObject joint = report.getAsJsonObject("composed").getAsJsonObject("joint");
        assertEquals(2, joint.get("queries").getAsInt());
        assertEquals(
                "clips of pairs have no captions",
                2,
                report.getAsJsonObject("t2v").get("candidates").getAsInt());
        int usual = report.getAsJsonObject("t2v").get("queries").getAsInt();
        JsonObject dense = eval("--caption-field", "dense_caption");
        assertEquals(2, dense.getAsJsonObject("t2v").get("queries").getAsInt());
        assertTrue("" + usual, usual > 2);
        assertEquals(
                "dense_caption",
                dense.getAsJsonObject("settings").get("caption_field").getAsString());
    }

    public void testCaptionsBesideTheTruth() throws Exception {
        media("cat.png");
        lines("own.jsonl", "{\"image\": \"cat.png\", \"captions\": [\"a ginger cat\", \"a pet\"]}");
        JsonObject captions = eval("--describe", "3").getAsJsonObject("captions");
        assertEquals(1, captions.get("captions").getAsInt());
        JsonObject first = captions.getAsJsonArray("first").get(0).getAsJsonObject();
        assertEquals("a ginger cat", first.get("truth").getAsString());
        assertTrue(first.has("caption"));
        assertFalse("its words are not known", captions.has("right_words"));
        String[] world = {
            "eval",
            "world",
            "--limit",
            "2",
            "--size",
            "56x56",
            "--model",
            MODEL.toString(),
            "--describe",
            "3",
            "--json"
        };
        assertEquals(err.toString(), 0, run(world));
        captions =
                JsonParser.parseString(out.toString())
                        .getAsJsonObject()
                        .getAsJsonObject("captions");
        assertTrue(captions.has("right_words"));
        first = captions.getAsJsonArray("first").get(1).getAsJsonObject();
        assertFalse(first.get("truth").getAsString().isBlank());
        assertTrue(first.has("right"));
    }

    private void four() throws Exception {
        media("cat.png", "cameraman-gray.png", "exif-8-person.jpg");
        Files.copy(MEDIA.resolve("video/counting.mp4"), folder.resolve("counting.mp4"));
        lines(
                "own.jsonl",
                "{\"image\": \"cat.png\", \"caption\": \"a cat\"}",
                "{\"image\": \"cameraman-gray.png\", \"caption\": \"a man\"}",
                "{\"image\": \"exif-8-person.jpg\", \"caption\": \"a person\"}",
                "{\"video\": \"counting.mp4\", \"caption\": \"numbers\"}");
    }

    public void testTheScaleIsChosenOnOtherMedia() throws Exception {
        four();
        JsonObject report = eval("--dual-softmax", "tune", "--out", createTempDir().toString());
        assertEquals(2, report.getAsJsonObject("t2v").get("candidates").getAsInt());
        JsonObject dual = report.getAsJsonObject("dual_softmax");
        assertEquals(2, dual.getAsJsonObject("t2v").get("candidates").getAsInt());
        JsonObject tuned = dual.getAsJsonObject("tuned");
        assertEquals(
                "the [2] media at odd places; retrieval is measured on the other [2]",
                tuned.get("on").getAsString());
        JsonArray tried = tuned.getAsJsonArray("tried");
        assertTrue(tried.contains(tuned.get("t2v_scale")));
        assertTrue(tried.contains(tuned.get("v2t_scale")));
        String[] world = {
            "eval",
            "world",
            "--limit",
            "3",
            "--size",
            "56x56",
            "--model",
            MODEL.toString(),
            "--dual-softmax",
            "tune"
        };
        assertEquals(err.toString(), 0, run(world));
        assertThat(out.toString(), containsString("chosen on [3] clips of the split [validation]"));
    }

    public void testOtherFramesThanTheModels() throws Exception {
        four();
        Path kept = createTempDir();
        String usual = sampled(kept).getAsJsonObject("model").get("sampling").getAsString();
        long before = bytes(kept);
        JsonObject report = sampled(kept, "--sample", "uniform:2");
        assertEquals(
                "Uniform[frames=2]", report.getAsJsonObject("model").get("sampling").getAsString());
        assertNotEquals("Uniform[frames=2]", usual);
        long after = bytes(kept);
        assertTrue("other vectors", after > before);
        String replayed = kept.resolve("report.json").toString();
        assertEquals(
                err.toString(), 0, run("eval", "--replay", replayed, "--out", kept.toString()));
        assertThat(
                out.toString(), containsString("sample  uniform:2, in place of the model's own"));
        assertEquals("the same vectors", after, bytes(kept));
    }

    private JsonObject sampled(Path kept, String... options) {
        return eval(
                Stream.concat(Stream.of("--out", kept.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static long bytes(Path kept) throws Exception {
        try (Stream<Path> files = Files.list(kept)) {
            Path store =
                    files.filter(f -> f.getFileName().toString().startsWith("embeddings"))
                            .findFirst()
                            .orElseThrow();
            return Files.size(store);
        }
    }

    public void testTheBestLayerIsWrittenIntoTheCard() throws Exception {
        four();
        Path model = createTempDir().resolve("tiny");
        Files.createDirectories(model);
        try (Stream<Path> files = Files.list(MODEL)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, model.resolve(file.getFileName().toString()));
            }
        }
        JsonObject before =
                JsonParser.parseString(Files.readString(model.resolve("vidvec.json")))
                        .getAsJsonObject();
        String[] layers = {
            "layers",
            folder.toString(),
            "--model",
            model.toString(),
            "--out",
            createTempDir().toString(),
            "--json",
            "--write"
        };
        assertEquals(err.toString(), 0, run(layers));
        int best =
                JsonParser.parseString(out.toString())
                        .getAsJsonObject()
                        .get("best_layer")
                        .getAsInt();
        JsonObject after =
                JsonParser.parseString(Files.readString(model.resolve("vidvec.json")))
                        .getAsJsonObject();
        assertEquals(best, after.get("layer").getAsInt());
        before.addProperty("layer", best);
        assertEquals("all else stays", before, after);
        String[] card = {"eval", folder.toString(), "--model", model.toString(), "--json"};
        assertEquals(err.toString(), 0, run(card));
        JsonObject report = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals(best, report.getAsJsonObject("model").get("layer").getAsInt());
    }
}
