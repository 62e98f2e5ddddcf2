package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

public class ParityCommandTests extends ESTestCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public void testTable() {
        assertEquals(err.toString(), 0, run("parity", folder("qwen2_vl_b"), "--threads", "1"));
        assertThat(out.toString(), containsString("hidden_states.4"));
        assertTrue(
                out.toString(),
                out.toString().matches("(?s).*\\n[0-9]+ passed, 0 failed, 0 unchecked.*"));
    }

    public void testJson() {
        assertEquals(err.toString(), 0, run("parity", "--json", folder("qwen2_vl_b")));
        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertTrue(json.get("passed").getAsInt() > 100);
        assertEquals(0, json.get("failed").getAsInt());
        assertEquals(0, json.get("unchecked").getAsInt());
        JsonObject worst = json.getAsJsonArray("worst").get(0).getAsJsonObject();
        for (String field :
                new String[] {"fixture", "case", "tensor", "max_abs", "cosine", "tolerance"}) {
            assertTrue(field, worst.has(field));
        }
        assertEquals(
                json.get("unchecked").getAsInt(), json.getAsJsonArray("unchecked_tensors").size());
    }

    public void testFailsWhenOneCheckFails() throws Exception {
        Path fixture = createTempDir();
        Files.createDirectories(fixture.resolve("checkpoint"));
        for (String file : new String[] {"checkpoint/tokenizer.json", "checkpoint/config.json"}) {
            Files.copy(Parity.path("qwen2_vl_b/" + file), fixture.resolve(file));
        }
        String cases =
                "{\"cases\": [{\"text\": \"Yes\", \"ids\": [1], \"ids_with_special\": [1],"
                        + " \"decoded\": \"Yes\"}]}";
        Files.write(
                fixture.resolve("tokenizer_cases.json"), cases.getBytes(StandardCharsets.UTF_8));
        assertEquals(1, run("parity", fixture.toString()));
        assertThat(out.toString(), containsString("FAIL [521], not [1]"));
    }

    public void testRefusals() {
        assertEquals(1, run("parity", "no/such"));
        assertThat(err.toString(), containsString("there is no folder [no/such]; give one with"));
        assertEquals(1, run("parity", createTempDir().toString()));
        assertThat(err.toString(), containsString("could be checked; it must hold fixtures"));
    }

    private static String folder(String name) {
        return Parity.path("").resolve(name).toString();
    }

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
