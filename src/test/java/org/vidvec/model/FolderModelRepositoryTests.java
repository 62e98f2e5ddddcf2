package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.junit.Before;
import org.vidvec.media.Sampling;
import org.vidvec.natives.NativeLibraries;

/** What a models folder may hold, and what is said about the rest. */
public class FolderModelRepositoryTests extends ESTestCase {

    private Path models;
    private FolderModelRepository repository;

    @Before
    public void makeRepository() throws Exception {
        models = createTempDir().resolve("models");
        repository = TestModels.repository(models);
    }

    public void testNoFolderMeansNoModels() {
        assertEquals(List.of(), repository.ids());
        assertRefused("tiny", "there is no model [tiny] in [", "]; there are []");
    }

    public void testListsFoldersWithAConfig() throws Exception {
        TestModels.copy(models, "b", "qwen2_vl_b", null);
        TestModels.copy(models, "a", "qwen2_vl_a", null);
        Files.createDirectories(models.resolve("empty"));
        TestModels.write(models.resolve("README.md"), "notes");
        assertEquals(List.of("a", "b"), repository.ids());
        assertRefused(
                "c", "there is no model [c] in [", "]; there are [a, b]; put its folder there");
    }

    public void testDescribesWithoutNatives() throws Exception {
        TestModels.copy(
                models,
                "b",
                "qwen2_vl_b",
                "{\"layer\": 3, \"sampling\": {\"strategy\": \"fps\", \"fps\": 1.5}}");
        ModelInfo info = repository.describe("b");
        assertEquals("b", info.id());
        assertEquals("qwen2_vl", info.family());
        assertEquals(96, info.dims());
        assertEquals(3, info.layer());
        assertEquals(4, info.layers());
        assertEquals("bfloat16", info.dtype());
        assertEquals(new Sampling.Fps(1.5, 180), info.sampling());
        assertFalse(info.randomWeights());
        assertTrue(info.parameters() > 500_000);
        assertSame(info, repository.describe("b"));
    }

    public void testFingerprintFollowsWhatDecides() throws Exception {
        Path folder = TestModels.copy(models, "a", "qwen2_vl_a", null);
        TestModels.copy(models, "copy", "qwen2_vl_a", "{\"licence\": \"MIT\"}");
        String before = repository.describe("a").fingerprint();
        assertEquals(
                "the name and notes do not count",
                before,
                repository.describe("copy").fingerprint());
        TestModels.write(folder.resolve(ModelCard.FILE), "{\"layer\": 2}");
        String card = repository.describe("a").fingerprint();
        assertNotEquals(before, card);
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        Files.setLastModifiedTime(
                weights, FileTime.fromMillis(Files.getLastModifiedTime(weights).toMillis() + 2000));
        assertNotEquals(card, repository.describe("a").fingerprint());
    }

    public void testNamesThatAreNoNames() throws Exception {
        TestModels.copy(models, "a", "qwen2_vl_a", null);
        for (String id : List.of("../a", "a/../a", ".", "..", "", "a/b", "a\\b", ".hidden", "-x")) {
            assertRefused(id, "[" + id + "] can't be a model's name; use letters, digits,");
        }
    }

    public void testLinksThatLeadOut() throws Exception {
        Path outside = createTempDir();
        TestModels.copy(outside, "real", "qwen2_vl_a", null);
        Files.createDirectories(models);
        try {
            Files.createSymbolicLink(models.resolve("link"), outside.resolve("real"));
        } catch (UnsupportedOperationException | IOException e) {
            assumeTrue("no symbolic links here: " + e, false);
        }
        assertRefused("link", "] is a link that leads out of [", "copy what it points at");
        Path folder = TestModels.copy(models, "file", "qwen2_vl_a", null);
        Files.delete(folder.resolve("model.safetensors"));
        Files.createSymbolicLink(
                folder.resolve("model.safetensors"), outside.resolve("real/model.safetensors"));
        assertRefused("file", "model.safetensors] is a link that leads out of [");
        // inside is fine: several models may share their weights
        Files.delete(folder.resolve("model.safetensors"));
        TestModels.copy(models, "other", "qwen2_vl_a", null);
        Files.createSymbolicLink(
                folder.resolve("model.safetensors"), models.resolve("other/model.safetensors"));
        assertEquals(
                repository.describe("other").fingerprint(),
                repository.describe("file").fingerprint());
    }

    public void testMissingFiles() throws Exception {
        Path a = TestModels.copy(models, "a", "qwen2_vl_a", null);
        Files.delete(a.resolve("tokenizer.json"));
        assertRefused("a", "[tokenizer.json] is missing in [", "put the whole checkpoint there");
        Path b = TestModels.copy(models, "b", "qwen2_vl_b", null);
        Files.delete(b.resolve("model-00002-of-00002.safetensors"));
        assertRefused("b", "[model-00002-of-00002.safetensors]", "is missing; download it");
        Path pickle = TestModels.copy(models, "pickle", "qwen2_vl_a", null);
        Files.move(pickle.resolve("model.safetensors"), pickle.resolve("pytorch_model.bin"));
        assertRefused(
                "pickle",
                "no [model.safetensors]",
                "is a pickle, which can run code and is not read");
        Path config = TestModels.copy(models, "config", "qwen2_vl_a", null);
        Files.delete(config.resolve("config.json"));
        assertRefused("config", "[config.json] is missing in [");
    }

    public void testUnknownFamilyAndBadJson() throws Exception {
        Path a = TestModels.copy(models, "a", "qwen2_vl_a", null);
        TestModels.write(a.resolve("config.json"), "{\"model_type\": \"bert\"}");
        assertRefused("a", "unknown [model_type] [bert] in [config.json]; known are [qwen2_vl, ");
        assertRefused("a", "]; use a checkpoint of one of them");
        TestModels.write(a.resolve("config.json"), "{\"model_type\": ");
        assertRefused("a", "config.json] is not JSON");
        Path b = TestModels.copy(models, "b", "qwen2_vl_b", "{\"pooling\": \"max\"}");
        assertRefused(
                "b",
                "vidvec.json]: [pooling]: unknown pooling [max]; known are [last, mean,"
                        + " kv_former]");
        TestModels.write(b.resolve(ModelCard.FILE), "[]");
        assertRefused("b", "vidvec.json] must hold one JSON object; correct the file");
        TestModels.write(b.resolve(ModelCard.FILE), "{\"layer\": 5}");
        assertRefused(
                "b",
                "[vidvec.json] reads [layer] [5], but the model has layers [1..4]; choose one of"
                        + " them");
    }

    public void testPreprocessorOfAnotherModel() throws Exception {
        Path a = TestModels.copy(models, "a", "qwen2_vl_a", null);
        TestModels.write(a.resolve("preprocessor_config.json"), "{\"patch_size\": 16}");
        assertLoadRefused(
                "a",
                ModelException.Kind.CHECKPOINT,
                "[patch_size] is [16] in [preprocessor_config.json], but [14] in [config.json]");
        TestModels.write(a.resolve("preprocessor_config.json"), "{\"resample\": 1}");
        assertLoadRefused(
                "a",
                ModelException.Kind.CHECKPOINT,
                "[resample] is [1]; only [2], bilinear, and [3]");
    }

    public void testDamagedWeights() throws Exception {
        Path cut = TestModels.copy(models, "cut", "qwen2_vl_a", null);
        Path weights = cut.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 100));
        assertRefused("cut", "model.safetensors]");

        Path shape = TestModels.copy(models, "shape", "qwen2_vl_a", null);
        TestModels.write(
                shape.resolve("config.json"),
                Files.readString(shape.resolve("config.json"))
                        .replace("\"intermediate_size\": 176", "\"intermediate_size\": 180"));
        assertLoadRefused(
                "shape", ModelException.Kind.CHECKPOINT, "model.layers.0.mlp.", "176", "180");

        Path nan = TestModels.copy(models, "nan", "qwen2_vl_a", null);
        fillWithNaN(nan.resolve("model.safetensors"), "model.norm.weight");
        assertLoadRefused(
                "nan",
                ModelException.Kind.CHECKPOINT,
                "tensor [model.norm.weight] of [",
                "holds numbers that are none (NaN) or infinite: the weights are damaged");
    }

    /** Among others that it has, too; the usual [Yes, yes] are told by no card. */
    public void testAnAnswerThatTheTokenizerLacks() throws Exception {
        TestModels.copy(
                models, "a", "qwen2_vl_a", "{\"match\": {\"yes\": [\"Yes\", \"certainly so\"]}}");
        assertLoadRefused(
                "a",
                ModelException.Kind.CHECKPOINT,
                "[match.yes] in [vidvec.json] names [certainly so], which is no single token of"
                        + " this tokenizer; take it out or name one that is");
        assertThat(
                TestModels.repository(models).problems("a").toString(),
                containsString("names [certainly so]"));
    }

    /** Its usual answers are [yes] and [no], which this tokenizer cuts in two. */
    public void testNoAnswerTokens() throws Exception {
        TestModels.copy(models, "a", "qwen3_text_a", null);
        assertLoadRefused(
                "a",
                ModelException.Kind.CHECKPOINT,
                "none of the answers [yes] is a single token of this tokenizer; set [match.yes] in"
                        + " [vidvec.json]");
    }

    public void testMissingDevice() throws Exception {
        TestModels.copy(models, "a", "qwen2_vl_a", null);
        FolderModelRepository gpu =
                new FolderModelRepository(
                        models, NativeLibraries.fromSystemProperty(), "cuda:97", 1);
        ModelException e = expectThrows(ModelException.class, () -> gpu.load("a"));
        assertEquals(ModelException.Kind.RESOURCES, e.kind());
        assertTrue(e.getMessage(), e.getMessage().contains("[cuda:97]"));
    }

    public void testNoNatives() throws Exception {
        TestModels.copy(models, "a", "qwen2_vl_a", null);
        FolderModelRepository bare =
                new FolderModelRepository(
                        models, new NativeLibraries(createTempDir().resolve("none")), "cpu", 1);
        assertEquals(64, bare.describe("a").dims());
        ModelException e = expectThrows(ModelException.class, () -> bare.load("a"));
        assertEquals(ModelException.Kind.ENGINE, e.kind());
    }

    private static void fillWithNaN(Path file, String tensor) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong(0);
        JsonObject json =
                JsonParser.parseString(new String(bytes.array(), 8, header, StandardCharsets.UTF_8))
                        .getAsJsonObject();
        var offsets = json.getAsJsonObject(tensor).getAsJsonArray("data_offsets");
        for (int at = offsets.get(0).getAsInt(); at < offsets.get(1).getAsInt(); at += 4) {
            bytes.putFloat(8 + header + at, Float.NaN);
        }
        Files.write(file, bytes.array());
    }

    private void assertRefused(String id, String... fragments) {
        check(
                expectThrows(ModelException.class, () -> repository.describe(id)),
                ModelException.Kind.CHECKPOINT,
                fragments);
    }

    private void assertLoadRefused(String id, ModelException.Kind kind, String... fragments) {
        check(
                expectThrows(ModelException.class, () -> repository.load(id).close()),
                kind,
                fragments);
    }

    private static void check(ModelException e, ModelException.Kind kind, String... fragments) {
        assertEquals(e.getMessage(), kind, e.kind());
        for (String fragment : fragments) {
            assertTrue(e.getMessage(), e.getMessage().contains(fragment));
        }
    }
}
