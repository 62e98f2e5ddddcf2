package org.vidvec.model;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Collectors;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.prompt.PromptPart;

public class PromptComposerTests extends ESTestCase {

    private static final Frame FRAME = new Frame(0, 1, 1, new byte[3]);
    private static final Content VIDEO = TestModels.video(List.of(FRAME, FRAME));
    private static final Content IMAGE = new Content.Image(FRAME);
    private static final Content TEXT = new Content.Text("a dog");

    public void testPromptsOfVlm2Vec() {
        assertEmbed(
                "Find a video that contains the following visual content: a dog", Role.QUERY, TEXT);
        assertEmbed("a dog", Role.DOCUMENT, TEXT);
        assertEmbed("<video> Understand the content of the provided video.", Role.DOCUMENT, VIDEO);
        assertEmbed("<image> Represent the given image.", Role.DOCUMENT, IMAGE);
        assertEmbed(
                "<video> Find the clip that corresponds to the given sentence and video segment:"
                        + " a dog",
                Role.QUERY,
                TEXT,
                VIDEO);
        assertEmbed(
                "<image> Select the video clip that aligns with the given text and image: a dog",
                Role.QUERY,
                IMAGE,
                TEXT);
        assertEmbed(
                "<image> <video> Understand the content of the provided video.",
                Role.QUERY,
                IMAGE,
                VIDEO);
    }

    public void testTheCallersInstructionWins() {
        PromptComposer composer = new PromptComposer(ModelCard.VLM2VEC_V2);
        assertEquals(
                "<video> Look: a dog",
                show(composer.embed(new EmbedInput(List.of(VIDEO, TEXT), Role.QUERY, "Look:"))));
        assertEquals("a dog", show(composer.embed(new EmbedInput(List.of(TEXT), Role.QUERY, ""))));
    }

    public void testChatKeepsTheOrder() {
        PromptComposer composer = new PromptComposer(card("{\"prompt_style\": \"chat\"}"));
        assertEquals(
                "a dog<video>a dog\nGo.",
                show(
                        composer.embed(
                                new EmbedInput(List.of(TEXT, VIDEO, TEXT), Role.QUERY, "Go."))));
        assertEquals(
                "a dog\na dog<image>Go.",
                show(
                        composer.embed(
                                new EmbedInput(List.of(TEXT, TEXT, IMAGE), Role.QUERY, "Go."))));
    }

    /** ViLL-E §5.1: the token stands after pictures alone, and before text. */
    public void testEmbeddingTokens() {
        PromptComposer composer = new PromptComposer(card("{\"prompt_style\": \"embed_tokens\"}"));
        assertEquals("<TEXT>a dog", show(composer.embed(bare(TEXT))));
        assertEquals("<video><VIDEO>", show(composer.embed(bare(VIDEO))));
        assertEquals("<video><TEXT>a dog\na dog", show(composer.embed(bare(TEXT, VIDEO, TEXT))));
        assertEquals(
                "<video>Look.<VIDEO>",
                show(composer.embed(new EmbedInput(List.of(VIDEO), Role.QUERY, "Look."))));
    }

    private static EmbedInput bare(Content... parts) {
        return new EmbedInput(List.of(parts), Role.QUERY, "");
    }

    public void testMatchPrompts() {
        PromptComposer composer = new PromptComposer(ModelCard.VLM2VEC_V2);
        assertEquals(
                "<video>Caption: a dog\nDoes the above video match the caption? Answer \"Yes\" or"
                        + " \"No\".",
                show(composer.match(List.of(TEXT), VIDEO)));
        assertEquals(
                "<image>Caption: a dog\nDoes the above image match the caption? Answer \"Yes\" or"
                        + " \"No\".",
                show(composer.match(List.of(TEXT), IMAGE)));
        assertEquals(
                "<video><image>a dog\nDoes the video that comes first show the same content as what"
                        + " follows it? Answer \"Yes\" or \"No\".",
                show(composer.match(List.of(IMAGE, TEXT), VIDEO)));
    }

    public void testPlaceholdersInAQueryAreWords() {
        PromptComposer composer = new PromptComposer(ModelCard.VLM2VEC_V2);
        assertTrue(
                show(composer.match(List.of(new Content.Text("{type} {query}")), VIDEO))
                        .startsWith("<video>Caption: {type} {query}\nDoes"));
    }

    private static void assertEmbed(String expected, Role role, Content... parts) {
        PromptComposer composer = new PromptComposer(ModelCard.VLM2VEC_V2);
        assertEquals(expected, show(composer.embed(new EmbedInput(List.of(parts), role, null))));
    }

    private static ModelCard card(String json) {
        return ModelCard.read(JsonParser.parseString(json), ModelCard.VLM2VEC_V2);
    }

    private static String show(List<PromptPart> parts) {
        return parts.stream()
                .map(
                        part ->
                                switch (part) {
                                    case PromptPart.Suffix suffix ->
                                            "<suffix " + suffix.value() + ">";
                                    case PromptPart.Text text -> text.value();
                                    case PromptPart.Image image -> "<image>";
                                    case PromptPart.Video video -> "<video>";
                                    case PromptPart.Embed kind -> "<" + kind + ">";
                                    case PromptPart.SystemMessage system ->
                                            "<system " + system.value() + ">";
                                    case PromptPart.Answer answer ->
                                            "<answer " + answer.begin() + ">";
                                })
                .collect(Collectors.joining());
    }
}
