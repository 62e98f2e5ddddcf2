package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;

/** {@code "quantization"} of a card, on the demo's model. */
public class QuantizationTests extends ESTestCase {

    private static final EmbedInput TEXT =
            new EmbedInput(
                    List.of(new Content.Text("a dog in the snow")), EmbedInput.Role.QUERY, null);

    private FolderModelRepository models(String card) throws Exception {
        Path tiny =
                Path.of(System.getProperty("vidvec.project.dir"), "src", "test", "models", "tiny");
        Path models = createTempDir();
        Path copy = Files.createDirectory(models.resolve("tiny"));
        try (Stream<Path> files = Files.list(tiny)) {
            for (Path file : files.toList()) {
                // the test's folder is of another file system provider
                Files.write(copy.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
        Files.writeString(copy.resolve(ModelCard.FILE), card);
        return new FolderModelRepository(models, NativeLibraries.fromSystemProperty(), "cpu", 1);
    }

    public void testInt8() throws Exception {
        FolderModelRepository plain = models("{\"dtype\": \"bfloat16\"}");
        FolderModelRepository int8 =
                models("{\"dtype\": \"bfloat16\", \"quantization\": \"int8\"}");
        assertNotEquals(plain.describe("tiny").fingerprint(), int8.describe("tiny").fingerprint());
        try (LoadedModel a = plain.load("tiny");
                LoadedModel b = int8.load("tiny")) {
            assertThat(b.memoryBytes(), lessThan(a.memoryBytes()));
            float[] x = a.embedder().embed(List.of(TEXT)).get(0).vector();
            float[] y = b.embedder().embed(List.of(TEXT)).get(0).vector();
            double cosine = 0;
            for (int i = 0; i < x.length; i++) {
                cosine += (double) x[i] * y[i];
            }
            assertThat(cosine, greaterThan(0.99));
            // something was rounded
            assertThat(cosine, lessThan(0.9999999));
        }
    }

    public void testUnknown() throws Exception {
        ModelException e =
                expectThrows(
                        ModelException.class,
                        () -> models("{\"quantization\": \"int4\"}").describe("tiny"));
        assertThat(
                e.getMessage(),
                containsString("unknown quantization [int4]; known are [none, int8]"));
    }
}
