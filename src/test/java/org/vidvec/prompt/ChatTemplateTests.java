package org.vidvec.prompt;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.CheckpointException;

/** Prompts that transformers makes of chat templates; made by chat_templates.py beside them. */
public class ChatTemplateTests extends ESTestCase {

    private static JsonObject fixture() throws IOException, URISyntaxException {
        Path file =
                PathUtils.get(
                        ChatTemplateTests.class.getResource("/prompt/chat_templates.json").toURI());
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    public void testPromptsAreThoseOfTransformers() throws Exception {
        JsonObject fixture = fixture();
        String asked = fixture.get("asked").getAsString();
        for (JsonElement element : fixture.getAsJsonArray("told")) {
            JsonObject one = element.getAsJsonObject();
            String message = ChatTemplate.defaultSystemMessage(folder(one), "absent");
            PromptText text =
                    new ChatMl(message)
                            .write(
                                    new PromptText(List.of()),
                                    List.of(new PromptPart.Text(asked)),
                                    PromptStyle.CHAT,
                                    (t, picture) -> fail("no picture"));
            assertEquals(
                    one.get("name").getAsString(),
                    one.get("prompt").getAsString(),
                    String.join("", text.pieces()));
        }
    }

    public void testWhatMustBeRunIsRefused() throws Exception {
        for (JsonElement element : fixture().getAsJsonArray("untellable")) {
            JsonObject one = element.getAsJsonObject();
            Path folder = folder(one);
            CheckpointException e =
                    expectThrows(
                            CheckpointException.class,
                            () -> ChatTemplate.defaultSystemMessage(folder, ""));
            assertEquals(
                    "the chat template in ["
                            + folder.resolve("chat_template.jinja")
                            + "] makes its system message from what is known only when it is run,"
                            + " which is never done; write the message there as plain text",
                    e.getMessage());
        }
    }

    public void testAFolderWithoutTemplates() throws Exception {
        assertEquals("absent", ChatTemplate.defaultSystemMessage(createTempDir(), "absent"));
    }

    public void testDamagedTemplatesEnd() throws Exception {
        for (String damaged :
                List.of(
                        "{{ '<|im_start|>system\\n\\u12",
                        "{% if %}{% endif %}{% endif %}{% else %}{% for %}{% set %}{{ }}",
                        "{{ '\\u12' }}{%",
                        "{{ " + "(".repeat(1_000_000) + " }}",
                        "{% if " + "not ".repeat(100_000) + "x %}")) {
            Path folder = createTempDir();
            Files.writeString(folder.resolve("chat_template.jinja"), damaged);
            try {
                assertEquals("", ChatTemplate.defaultSystemMessage(folder, "absent"));
            } catch (CheckpointException e) {
                assertTrue(e.getMessage(), e.getMessage().contains("write the message there"));
            }
        }
    }

    private Path folder(JsonObject one) throws IOException {
        Path folder = createTempDir();
        for (String file : one.getAsJsonObject("files").keySet()) {
            String text = one.getAsJsonObject("files").get(file).getAsString();
            Files.writeString(folder.resolve(file), text);
        }
        return folder;
    }
}
