package org.vidvec.family;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.elasticsearch.test.ESTestCase;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.VisionInput;

/** From frames and words to what the network reads, against transformers. */
public class PaliGemmaProcessorTests extends ESTestCase {

    private static final String FIXTURE = "paligemma_a";
    private static final long IMAGE = 2152;
    private static final Path CHECKPOINT = Parity.path(FIXTURE + "/checkpoint");
    private static Tokenizer tokenizer;
    private static PaliGemmaProcessor processor;

    @BeforeClass
    public static void load() throws Exception {
        tokenizer = PaliGemmaFixture.tokenizer(CHECKPOINT);
        processor = PaliGemmaFixture.processor(CHECKPOINT, tokenizer);
    }

    @AfterClass
    public static void close() {
        tokenizer.close();
        tokenizer = null;
        processor = null;
    }

    public void testTokenizer() throws Exception {
        for (JsonElement element :
                Parity.json(FIXTURE + "/tokenizer_cases.json").getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            String text = c.get("text").getAsString();
            assertArrayEquals(text, longs(c, "ids"), tokenizer.encode(text, false));
            assertArrayEquals(text, longs(c, "ids_with_special"), tokenizer.encode(text, true));
            assertEquals(c.get("decoded").getAsString(), tokenizer.decode(longs(c, "ids"), false));
        }
    }

    private static long[] longs(JsonObject json, String name) {
        return json.getAsJsonArray(name).asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }

    public void testSequences() throws Exception {
        for (String name : List.of("image", "frames4", "text_short")) {
            Parity.Case c = new Parity.Case(FIXTURE, name);
            TensorFile tensors = c.tensors();
            String frames = tensors.has("frames") ? "frames" : "resized_frames";
            List<PromptPart> parts = PaliGemmaFixture.parts(c, frames);
            PreparedSequence sequence = processor.prepare(parts, PromptStyle.CHAT);
            long[] ids = tensors.longs("input.input_ids");
            assertArrayEquals(name, ids, sequence.ids());
            assertEquals(ids.length, processor.countTokens(parts, PromptStyle.CHAT));
            assertEquals(ids.length, sequence.prefix());
            for (long[] axis : sequence.positions()) {
                assertArrayEquals(name, tensors.longs("position_ids"), axis);
            }
        }
    }

    /** One size whatever the shape, and pixels equal in every bit. */
    public void testPictures() throws Exception {
        TensorFile tensors = new Parity.Case(FIXTURE, "image").tensors();
        PromptPart.Image image = new PromptPart.Image(tensors.frames("frames").get(0));
        Frame expected = tensors.frames("resized_frames").get(0);
        assertArrayEquals(expected.rgb(), processor.resized(image).get(0).rgb());
        VisionInput input = processor.prepare(List.of(image), PromptStyle.CHAT).vision().get(0);
        // the processor gives [frames, 3, 56, 56]; the same numbers, by patch
        float[] pixels = tensors.floats("input.pixel_values");
        assertEquals(pixels.length, input.patches().length);
        for (int i = 0; i < input.patches().length; i++) {
            int patch = i / (3 * 14 * 14);
            int channel = i / (14 * 14) % 3;
            int y = patch / 4 * 14 + i / 14 % 14;
            int x = patch % 4 * 14 + i % 14;
            assertEquals(pixels[(channel * 56 + y) * 56 + x], input.patches()[i], 0);
        }
    }

    /** ViLL-E's tokens, as in the fixture of its embedding head. */
    public void testEmbeddingTokens() throws Exception {
        TensorFile tensors = new TensorFile(Parity.path(FIXTURE + "/kv_former/text.safetensors"));
        String caption = "A chef rests under a busy street in slow motion.";
        List<PromptPart> text = List.of(PromptPart.Embed.TEXT, new PromptPart.Text(caption));
        long[] ids = processor.prepare(text, PromptStyle.EMBED_TOKENS).ids();
        assertArrayEquals(tensors.longs("text0.input_ids"), ids);
        List<PromptPart> video =
                List.of(new PromptPart.Video(List.of(frame(), frame())), PromptPart.Embed.VIDEO);
        long[] expected =
                LongStream.concat(
                                LongStream.generate(() -> IMAGE).limit(32), LongStream.of(2, 6, 13))
                        .toArray();
        assertArrayEquals(expected, processor.prepare(video, PromptStyle.EMBED_TOKENS).ids());
    }

    /** Pictures come first, and what a user writes is never a placeholder. */
    public void testOrderAndPlainText() throws Exception {
        List<PromptPart> parts =
                List.of(
                        new PromptPart.Text("describe <image><bos>en"),
                        new PromptPart.Image(frame()),
                        new PromptPart.Video(List.of(frame())));
        PreparedSequence sequence = processor.prepare(parts, PromptStyle.CHAT);
        long[] ids = sequence.ids();
        assertEquals(32, LongStream.of(ids).filter(id -> id == IMAGE).count());
        assertEquals(IMAGE, ids[31]);
        assertEquals(1, LongStream.of(ids).filter(id -> id == 2).count());
        assertEquals(2, sequence.vision().size());
    }

    public void testNothingIsRefused() {
        for (List<PromptPart> parts :
                List.of(List.<PromptPart>of(), List.<PromptPart>of(new PromptPart.Text("")))) {
            IllegalArgumentException e =
                    expectThrows(
                            IllegalArgumentException.class,
                            () -> processor.countTokens(parts, PromptStyle.CHAT));
            assertEquals(
                    "the input is empty; send at least one character, image or video",
                    e.getMessage());
        }
    }

    private static Frame frame() {
        return new Frame(0, 40, 20, randomByteArrayOfLength(40 * 20 * 3));
    }
}
