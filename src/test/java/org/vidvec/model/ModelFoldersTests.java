package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.junit.Before;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/**
 * The administrator's models before those of the plugin, and adapters in folders of their own.
 * {@code qwen2_vl_a} has vectors of 64 numbers, {@code qwen2_vl_b} of 96.
 */
public class ModelFoldersTests extends ESTestCase {

    private static final String FIXTURE = "qwen2_vl_a";

    private Path admin;
    private Path plugin;
    private FolderModelRepository repository;

    @Before
    public void makeRepository() throws Exception {
        admin = createTempDir().resolve("config/vidvec/models");
        plugin = createTempDir().resolve("plugins/vidvec/models");
        repository =
                new FolderModelRepository(
                        List.of(admin, plugin), NativeLibraries.fromSystemProperty(), "cpu", 1, 0);
    }

    public void testThePluginsModelNeedsNothingOfTheAdministrator() throws Exception {
        TestModels.copy(plugin, "tiny", FIXTURE, null);
        assertEquals(List.of("tiny"), repository.ids());
        assertEquals(64, repository.describe("tiny").dims());
        repository.load("tiny").close();
    }

    public void testTheAdministratorsCountsBeforeThePlugins() throws Exception {
        TestModels.copy(plugin, "tiny", FIXTURE, null);
        TestModels.copy(plugin, "other", FIXTURE, null);
        assertEquals(64, repository.describe("tiny").dims());
        TestModels.copy(admin, "tiny", "qwen2_vl_b", null);
        assertEquals(List.of("other", "tiny"), repository.ids());
        assertEquals("noticed later", 96, repository.describe("tiny").dims());
        // an unusable folder is not passed over in silence
        Files.delete(admin.resolve("tiny/config.json"));
        assertRefused("tiny", "[config.json] is missing in [tiny]");
    }

    public void testAnAdapterGivesTheVectorsOfTheMergedModel() throws Exception {
        TestModels.copy(plugin, "tiny", FIXTURE, TestModels.PARITY_CARD);
        adapter(plugin, "tiny-lora", "tiny");
        assertEquals(List.of("tiny", "tiny-lora"), repository.ids());
        assertNotEquals(
                repository.describe("tiny").fingerprint(),
                repository.describe("tiny-lora").fingerprint());
        TestModels.assertVectorsOfTheMergedModel(repository, "tiny-lora");
    }

    public void testAnAdaptersCardStandsOverThatOfItsBase() throws Exception {
        Path base = TestModels.copy(admin, "tiny", FIXTURE, "{\"layer\": 1, \"dims\": 32}");
        Path adapter = adapter(admin, "lora", "somebody/tiny");
        assertEquals(1, repository.describe("lora").layer());
        TestModels.write(adapter.resolve(ModelCard.FILE), "{\"layer\": 2}");
        assertEquals(2, repository.describe("lora").layer());
        assertEquals(32, repository.describe("lora").dims());
        TestModels.write(base.resolve(ModelCard.FILE), "{\"layer\": 1, \"dims\": 16}");
        assertEquals("noticed later", 16, repository.describe("lora").dims());
        assertEquals(1, repository.describe("tiny").layer());
    }

    public void testAnAdapterStaysWithTheBaseThatItCameWith() throws Exception {
        TestModels.copy(plugin, "tiny", FIXTURE, null);
        adapter(plugin, "tiny-lora", "tiny");
        adapter(admin, "mine", "runs/tiny/");
        assertRefused("mine", "names [base_model_name_or_path] [runs/tiny/]");
        adapter(admin, "mine", "tiny");
        String before = repository.describe("tiny-lora").fingerprint();
        assertEquals(before, repository.describe("mine").fingerprint());
        // of other sizes: neither could be merged into it
        TestModels.copy(admin, "tiny", "qwen2_vl_b", null);
        assertEquals(before, repository.describe("tiny-lora").fingerprint());
        assertRefused("mine", "use the base that ");
    }

    public void testRefusedAdapters() throws Exception {
        Path adapter = adapter(admin, "mine", "there/is-none");
        assertRefused(
                "mine",
                "the adapter [mine] names [base_model_name_or_path] [there/is-none] in [mine], but"
                        + " there is no checkpoint [is-none]; put its folder beside the adapter's,");
        assertEquals(1, repository.problems("mine").size());
        for (String out : List.of("..", "../..", ".")) {
            adapter(admin, "mine", out);
            assertRefused("mine", "names [base_model_name_or_path] [" + out + "]");
        }
        Path base = TestModels.copy(admin, "base", FIXTURE, null);
        adapter(admin, "mine", "base");
        repository.describe("mine");
        assertEquals(List.of(), repository.problems("mine"));
        for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(adapter.resolve(name), base.resolve(name));
        }
        assertRefused("mine", "the base [base] of the adapter [mine] has an adapter of its own");
    }

    public void testTrainingOnAnAdapterIsRefused() throws Exception {
        TestModels.copy(admin, "tiny", FIXTURE, null);
        Path adapter = adapter(admin, "lora", "tiny");
        ModelException e =
                expectThrows(
                        ModelException.class,
                        () ->
                                TrainableModel.open(
                                        NativeLibraries.fromSystemProperty(), adapter, 1));
        assertThat(e.getMessage(), containsString("train on the folder of its base"));
    }

    private static Path adapter(Path models, String id, String base) throws IOException {
        Path folder = Files.createDirectories(models.resolve(id));
        Path source = Parity.path(FIXTURE + "/lora/adapter");
        String config = Files.readString(source.resolve("adapter_config.json"));
        TestModels.write(
                folder.resolve("adapter_config.json"),
                config.replaceFirst(
                        "\"base_model_name_or_path\": [^,]*,",
                        "\"base_model_name_or_path\": \"" + base + "\","));
        Files.write(
                folder.resolve("adapter_model.safetensors"),
                Files.readAllBytes(source.resolve("adapter_model.safetensors")));
        return folder;
    }

    private void assertRefused(String id, String part) {
        ModelException e = expectThrows(ModelException.class, () -> repository.describe(id));
        assertEquals(ModelException.Kind.CHECKPOINT, e.kind());
        assertThat(e.getMessage(), containsString(part));
        assertThat(e.getMessage(), not(containsString(admin.toString())));
        assertThat(e.getMessage(), not(containsString(plugin.toString())));
    }
}
