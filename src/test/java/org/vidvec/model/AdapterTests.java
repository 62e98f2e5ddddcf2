package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.junit.Before;
import org.vidvec.parity.Parity;

/** Which adapter a model folder has, and that it counts. */
public class AdapterTests extends ESTestCase {

    private static final String FIXTURE = "qwen2_vl_a";
    private static final List<String> FILES =
            List.of("adapter_config.json", "adapter_model.safetensors");

    private Path models;
    private FolderModelRepository repository;

    @Before
    public void makeRepository() throws Exception {
        models = createTempDir().resolve("models");
        repository = TestModels.repository(models);
    }

    public void testFoundWhereItMayLie() throws Exception {
        Path plain = TestModels.copy(models, "plain", FIXTURE, null);
        Path beside = TestModels.copy(models, "beside", FIXTURE, null);
        Path below = TestModels.copy(models, "below", FIXTURE, null);
        Path named = TestModels.copy(models, "named", FIXTURE, "{\"adapter\": \"lora/dogs\"}");
        addTo(beside);
        addTo(below.resolve("adapter"));
        addTo(named.resolve("lora/dogs"));
        String none = repository.describe("plain").fingerprint();
        String changed = repository.describe("beside").fingerprint();
        assertNotEquals("an adapter decides about vectors", none, changed);
        assertEquals(changed, repository.describe("below").fingerprint());
        assertNotEquals(none, repository.describe("named").fingerprint());
        addTo(plain.resolve("adapter"));
        assertEquals("noticed later", changed, repository.describe("plain").fingerprint());
    }

    public void testVectorsAreThoseOfTheMergedModel() throws Exception {
        Path folder = TestModels.copy(models, "a", FIXTURE, TestModels.PARITY_CARD);
        addTo(folder.resolve("adapter"));
        TestModels.assertVectorsOfTheMergedModel(repository, "a");
    }

    public void testRefusals() throws Exception {
        Path folder = TestModels.copy(models, "a", FIXTURE, "{\"adapter\": \"../other\"}");
        assertRefused("the [adapter] [../other] of [vidvec.json] is not inside the model folder");
        TestModels.write(folder.resolve(ModelCard.FILE), "{\"adapter\": \"there\"}");
        assertRefused("[adapter_config.json] is missing in the adapter folder [");
        addTo(folder.resolve("there"));
        repository.describe("a");
        Files.delete(folder.resolve("there/adapter_model.safetensors"));
        assertRefused("[adapter_model.safetensors] is missing in the adapter folder [");
    }

    public void testAnAdapterOfAnotherBase() throws Exception {
        Path folder = TestModels.copy(models, "a", "qwen2_vl_b", null);
        addTo(folder);
        assertRefused("use the base that ");
    }

    public void testLinksThatLeadOut() throws Exception {
        Path outside = createTempDir().resolve("lora");
        addTo(outside);
        Path folder = TestModels.copy(models, "a", FIXTURE, null);
        try {
            Files.createSymbolicLink(folder.resolve("adapter"), outside);
        } catch (UnsupportedOperationException | IOException e) {
            assumeTrue("no symbolic links here: " + e, false);
        }
        assertRefused("adapter] is a link that leads out of [");
        Files.delete(folder.resolve("adapter"));
        Files.createDirectories(folder.resolve("adapter"));
        for (String name : FILES) {
            Files.createSymbolicLink(folder.resolve("adapter/" + name), outside.resolve(name));
        }
        assertRefused("adapter_config.json] is a link that leads out of [");
    }

    private static void addTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            Path source = Parity.path(FIXTURE + "/lora/adapter/" + name);
            Files.write(folder.resolve(name), Files.readAllBytes(source));
        }
    }

    private void assertRefused(String part) {
        ModelException e = expectThrows(ModelException.class, () -> repository.describe("a"));
        assertEquals(ModelException.Kind.CHECKPOINT, e.kind());
        assertThat(e.getMessage(), containsString(part));
    }
}
