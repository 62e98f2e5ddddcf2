package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.TestModels;

public class ModelCommandTests extends ESTestCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public void testAModelThatWorks() throws Exception {
        Path folder = TestModels.copy(createTempDir(), "b", "qwen2_vl_b", null);
        assertEquals(out + "" + err, 0, run("model", folder.toString()));
        for (String part :
                new String[] {
                    "family      qwen2_vl",
                    "stored as {BF16=",
                    "dims        96",
                    "layers      4; the vector is read after layer 4",
                    "on cpu      bfloat16, ",
                    "loaded      yes, and run once"
                }) {
            assertThat(out.toString(), containsString(part));
        }
    }

    public void testJsonWithoutLoading() throws Exception {
        Path folder = TestModels.copy(createTempDir(), "a", "qwen2_vl_a", "{\"layer\": 2}");
        assertEquals(out + "" + err, 0, run("model", "--no-load", "--json", folder.toString()));
        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals("qwen2_vl", json.get("family").getAsString());
        assertEquals(2, json.get("layer").getAsInt());
        assertEquals(64, json.get("dims").getAsInt());
        assertEquals("float32", json.getAsJsonObject("dtype").get("cpu").getAsString());
        long parameters = json.get("parameters").getAsLong();
        assertEquals(
                4 * parameters, json.getAsJsonObject("memory_bytes").get("cuda:0").getAsLong());
        assertFalse(json.get("loaded").getAsBoolean());
        assertEquals(0, json.getAsJsonArray("wrong").size());
    }

    public void testWhatIsMissingOrWrong() throws Exception {
        Path folder = TestModels.copy(createTempDir(), "b", "qwen2_vl_b", null);
        Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
        assertEquals(1, run("model", folder.toString()));
        assertThat(out.toString(), containsString("wrong       shard [model-00002-of-00002"));
        assertEquals("said once", 2, out.toString().split("shard \\[model-00002", -1).length);
        Files.delete(folder.resolve("config.json"));
        assertEquals(1, run("model", folder.toString()));
        assertThat(out.toString(), containsString("config.json]"));
        assertEquals(1, run("model", "no/such"));
        assertThat(err.toString(), containsString("there is no folder ["));
    }

    public void testAConfigOfAnotherModel() throws Exception {
        Path folder = TestModels.copy(createTempDir(), "b", "qwen2_vl_b", null);
        String config = Files.readString(folder.resolve("config.json"));
        TestModels.write(
                folder.resolve("config.json"),
                config.replace("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 5"));
        assertEquals(1, run("model", folder.toString()));
        assertThat(
                out.toString(),
                containsString("no tensor [model.layers.4.input_layernorm.weight] in ["));
    }

    public void testAllThatIsWrongAtOnce() throws Exception {
        Path folder = TestModels.copy(createTempDir(), "b", "qwen2_vl_b", "{\"layer\": 99}");
        String config = Files.readString(folder.resolve("config.json"));
        TestModels.write(
                folder.resolve("config.json"),
                config.replace("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 1"));
        Files.delete(folder.resolve("tokenizer.json"));
        assertEquals(1, run("model", "--json", folder.toString()));
        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        String wrong = json.getAsJsonArray("wrong").toString();
        for (String part :
                new String[] {
                    "[tokenizer.json] is missing",
                    "reads [layer] [99]",
                    "tensor [model.layers.0.self_attn.k_proj.weight]",
                    "tensor [model.layers.3.self_attn.v_proj.bias]"
                }) {
            assertThat(wrong, containsString(part));
        }
        assertFalse(json.get("loaded").getAsBoolean());
    }

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
