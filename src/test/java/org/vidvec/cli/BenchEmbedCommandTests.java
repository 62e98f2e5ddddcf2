package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Checkpoint;

/** Whether the commands run and count right; how fast they are is nobody's business here. */
public class BenchEmbedCommandTests extends ESTestCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String tiny() {
        return Path.of(System.getProperty("vidvec.project.dir"), "src", "test", "models", "tiny")
                .toString();
    }

    public void testRows() {
        int code =
                run(
                        "bench",
                        "embed",
                        "--model",
                        tiny(),
                        "--tokens",
                        "20",
                        "--frames",
                        "4",
                        "--runs",
                        "1",
                        "--warmups",
                        "0",
                        "--threads",
                        "1",
                        "--json");
        assertEquals(err.toString(), 0, code);
        JsonArray rows =
                JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("rows");
        TreeSet<String> names = new TreeSet<>();
        int video = 0;
        for (JsonElement element : rows) {
            JsonObject row = element.getAsJsonObject();
            names.add(row.get("what").getAsString());
            assertThat(row.get("best_ms").getAsDouble(), greaterThan(0.0));
            assertThat(row.get("products_gflops").getAsDouble(), greaterThan(0.0));
            assertThat(row.get("fraction_of_peak").getAsDouble(), greaterThan(0.0));
            if (row.get("what").getAsString().equals("match, full")) {
                video = row.get("tokens").getAsInt();
            }
            if (row.get("what").getAsString().equals("match, prefix cached")) {
                // the text alone is read again
                assertThat(row.get("tokens").getAsInt(), lessThan(video));
            }
        }
        for (String name :
                new String[] {
                    "text",
                    "32 texts",
                    "image, from pixels",
                    "video, from pixels",
                    "video, layer 1",
                    "video, layer 4",
                    "match, full",
                    "match, prefix cached",
                    "generation, first token",
                    "generation, a token",
                    "generation, first token, prefix cached",
                    "generation, a token, prefix cached"
                }) {
            assertTrue(names + " lacks " + name, names.contains(name));
        }
    }

    /** The demo's model with the head of its ViLL-E adapter in one folder (ViLL-E, Table 10). */
    public void testEmbeddingTokens() throws Exception {
        Path models = Path.of(System.getProperty("vidvec.project.dir"), "models");
        Path folder = createTempDir();
        try (Stream<Path> files = Files.list(models.resolve("tiny"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Files.write(folder.resolve(name), Files.readAllBytes(file));
            }
        }
        String[] bench = {
            "bench",
            "embed",
            "--model",
            folder.toString(),
            "--batch",
            "2",
            "--frames",
            "2",
            "--tokens",
            "8",
            "--runs",
            "1",
            "--warmups",
            "0",
            "--threads",
            "1",
            "--json"
        };
        assertEquals(err.toString(), 0, run(bench));
        assertThat("without a head", out.toString(), not(containsString("embedding token")));
        for (String file : new String[] {"kv_former.safetensors", "kv_former_config.json"}) {
            Path head = models.resolve("tiny-vill-e").resolve(file);
            Files.write(folder.resolve(file), Files.readAllBytes(head));
        }
        out.getBuffer().setLength(0);
        assertEquals(err.toString(), 0, run(bench));
        JsonArray rows =
                JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("rows");
        Map<String, Integer> tokens = new HashMap<>();
        rows.forEach(
                row ->
                        tokens.put(
                                row.getAsJsonObject().get("what").getAsString(),
                                row.getAsJsonObject().get("tokens").getAsInt()));
        int one = tokens.get("2 videos, 1 embedding token");
        assertEquals(
                "of each of two", one + 2 * 4, (int) tokens.get("2 videos, 5 embedding tokens"));
        assertEquals(one + 2 * 9, (int) tokens.get("2 videos, 10 embedding tokens"));
        assertEquals(one - 2, 2 * tokens.get("match, full"));
        int adaptive = tokens.get("2 videos, adaptive embedding tokens");
        assertTrue(adaptive + " after " + one, adaptive >= one && adaptive <= one + 2 * 63);
    }

    public void testWrongOptions() {
        assertEquals(1, run("bench", "embed", "--model", tiny(), "--dtype", "fp64"));
        assertThat(err.toString(), containsString("unknown [--dtype] [fp64]"));
        assertEquals(1, run("bench", "embed", "--model", tiny(), "--runs", "0"));
        assertThat(err.toString(), containsString("[runs] must be at least [1], not [0]"));
        assertEquals(1, run("bench", "embed", "--model", "/no/such/folder"));
        assertThat(err.toString(), containsString("there is no folder [/no/such/folder]"));
    }

    public void testCheckpointHasItsShapeAndLoads() throws Exception {
        Path folder = createTempDir().resolve("mini");
        String[] write = {
            "bench", "checkpoint", "--shape", "qwen2-vl-mini", "--out", folder.toString()
        };
        assertEquals(err.toString(), 0, run(write));
        Checkpoint checkpoint = Checkpoint.open(folder);
        // 2048 x 256 of the table; by hand: 4 decoder layers, 3 vision layers, patches, merger
        assertEquals(
                2048 * 256
                        + 4L
                                * (2 * 256
                                        + 2 * (256 * 256)
                                        + 256
                                        + 2 * (128 * 256 + 128)
                                        + 3 * 256 * 1024)
                        + 256
                        + 128 * 3 * 2 * 14 * 14
                        + 3L
                                * (4 * 128
                                        + 384 * 128
                                        + 384
                                        + 128 * 128
                                        + 128
                                        + 2 * 512 * 128
                                        + 512
                                        + 128)
                        + 2 * 128
                        + 512 * 512
                        + 512
                        + 512 * 256
                        + 256,
                checkpoint.parameters());
        assertEquals(err.toString(), 0, run("model", folder.toString()));
        assertEquals(1, run(write));
        assertThat(err.toString(), containsString("is not empty; give [--out] a new folder"));
        Path again = createTempDir().resolve("again");
        write[5] = again.toString();
        assertEquals(0, run(write));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                // the same seed, the same bytes
                assertEquals(-1, Files.mismatch(file, again.resolve(file.getFileName())));
            }
        }
    }
}
