package org.vidvec.generation;

import static org.hamcrest.Matchers.containsString;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.CheckpointException;
import org.vidvec.parity.Parity;

public class EndTokensTests extends ESTestCase {

    private static void write(Path folder, String name, String json) throws Exception {
        Files.write(folder.resolve(name), json.getBytes(StandardCharsets.UTF_8));
    }

    public void testFixtures() throws Exception {
        // generation_config.json of the fixture: "eos_token_id": 1102
        assertEquals(Set.of(1102L), EndTokens.read(Parity.path("qwen2_vl_a/checkpoint")));
        assertEquals(Set.of(1L), EndTokens.read(Parity.path("paligemma_a/checkpoint")));
    }

    public void testWhereTheyStand() throws Exception {
        Path folder = createTempDir();
        write(folder, "config.json", "{}");
        assertEquals(Set.of(), EndTokens.read(folder));
        write(folder, "config.json", "{\"text_config\": {\"eos_token_id\": 3}}");
        assertEquals(Set.of(3L), EndTokens.read(folder));
        write(folder, "config.json", "{\"eos_token_id\": 4}");
        assertEquals(Set.of(4L), EndTokens.read(folder));
        // as released with Qwen2-VL
        write(folder, "generation_config.json", "{\"eos_token_id\": [151645, 151643]}");
        assertEquals(Set.of(151645L, 151643L), EndTokens.read(folder));
        write(folder, "generation_config.json", "{\"eos_token_id\": \"no\"}");
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> EndTokens.read(folder));
        assertThat(e.getMessage(), containsString("[eos_token_id]"));
    }
}
