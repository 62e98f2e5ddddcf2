package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticsearch.core.PathUtils;
import org.vidvec.node.HttpTestCase;

/** The node and the command line give the same vectors of the same files and texts. */
public class SameAnswersIT extends HttpTestCase {

    private static final List<String> FILES =
            List.of(
                    "video/dog-fetch.mp4",
                    "video/pour-coffee.webm",
                    "video/tractor.webm",
                    "image/cat.png");

    private static final List<String> TEXTS = List.of("a dog fetches a stick", "coffee", "a cat");

    private static Path file(String name) {
        return PathUtils.get("src", "test", "resources", "media").resolve(name);
    }

    private static List<double[]> ofTheCommandLine() {
        List<String> args = new ArrayList<>();
        args.addAll(List.of("embed", "--model", "src/test/models/tiny", "--device", "cpu"));
        args.add("--json");
        for (String text : TEXTS) {
            args.addAll(List.of("--text", text));
        }
        FILES.forEach(name -> args.add(file(name).toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Vidvec.run(
                        args.toArray(String[]::new),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true));
        assertEquals(err.toString(), 0, code);
        List<double[]> vectors = new ArrayList<>();
        JsonObject all = JsonParser.parseString(out.toString()).getAsJsonObject();
        for (JsonElement each : all.getAsJsonArray("embeddings")) {
            vectors.add(vector(each.getAsJsonObject()));
        }
        return vectors;
    }

    private static List<double[]> ofTheNode() throws Exception {
        List<double[]> vectors = new ArrayList<>();
        for (String text : TEXTS) {
            vectors.add(embed("\"" + text + "\"", "search"));
        }
        for (String name : FILES) {
            String type = name.substring(0, name.indexOf('/'));
            String value = Base64.getEncoder().encodeToString(Files.readAllBytes(file(name)));
            String input = "{\"type\": \"" + type + "\", \"value\": \"" + value + "\"}";
            vectors.add(embed(input, "ingest"));
        }
        return vectors;
    }

    private static double[] embed(String input, String type) throws Exception {
        String body =
                "{\"model_id\": \"tiny\", \"input_type\": \"" + type + "\", \"input\": " + input;
        Answer answer = call("POST", "/_vidvec/embed", body + "}");
        assertEquals(answer.body(), 200, answer.status());
        JsonArray embeddings = answer.json().getAsJsonObject().getAsJsonArray("embeddings");
        return vector(embeddings.get(0).getAsJsonObject());
    }

    private static double[] vector(JsonObject json) {
        JsonArray numbers = json.getAsJsonArray("embedding");
        return IntStream.range(0, numbers.size())
                .mapToDouble(i -> numbers.get(i).getAsDouble())
                .toArray();
    }

    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        double as = 0;
        double bs = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            as += a[i] * a[i];
            bs += b[i] * b[i];
        }
        return dot / Math.sqrt(as * bs);
    }

    /** Places of the files, the nearest to a text first. */
    private static List<Integer> ranks(List<double[]> vectors, int text) {
        Comparator<Integer> near =
                Comparator.comparingDouble(
                        i -> -cosine(vectors.get(text), vectors.get(TEXTS.size() + i)));
        return IntStream.range(0, FILES.size()).boxed().sorted(near).toList();
    }

    public void testVectorsAndRanks() throws Exception {
        List<double[]> here = ofTheCommandLine();
        List<double[]> there = ofTheNode();
        assertEquals(TEXTS.size() + FILES.size(), here.size());
        for (int i = 0; i < here.size(); i++) {
            double cosine = cosine(here.get(i), there.get(i));
            assertTrue(i + ": " + cosine, cosine >= 0.999999);
        }
        assertTrue("they differ", cosine(here.get(3), here.get(4)) < 0.999999);
        for (int text = 0; text < TEXTS.size(); text++) {
            assertEquals(TEXTS.get(text), ranks(here, text), ranks(there, text));
        }
    }
}
