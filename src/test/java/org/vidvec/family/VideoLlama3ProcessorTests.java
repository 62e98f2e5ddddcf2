package org.vidvec.family;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.ReleasedPictures;
import org.vidvec.prompt.TokenCompression;
import org.vidvec.prompt.VisionInput;
import org.vidvec.resize.ImageSize;

/** From messages and raw frames to what transformers gives the network, in every number. */
public class VideoLlama3ProcessorTests extends ESTestCase {

    private static final List<Parity.Case> CASES =
            List.of(
                    new Parity.Case("video_llama_3_a", "image"),
                    new Parity.Case("video_llama_3_a", "video_odd"),
                    new Parity.Case("video_llama_3_a", "video_uncompressed"),
                    new Parity.Case("video_llama_3_b", "video"),
                    new Parity.Case("video_llama_3_b", "text_short"),
                    new Parity.Case("videollama3_qwen2_a", "image"),
                    new Parity.Case("videollama3_qwen2_a", "video"),
                    new Parity.Case("videollama3_qwen2_a", "video_times"),
                    new Parity.Case("videollama3_qwen2_a", "video_rerank"),
                    new Parity.Case("videollama3_qwen2_a", "text_short"),
                    new Parity.Case("videollama3_qwen2_a", "text_system"));

    public void testEqualsTheReference() throws Exception {
        for (Parity.Case c : CASES) {
            try (Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(c.fixture())) {
                VideoLlama3Processor processor = VideoLlama3Fixture.processor(c, tokenizer);
                List<PromptPart> parts = VideoLlama3Fixture.parts(c);
                PreparedSequence sequence = processor.prepare(parts, PromptStyle.CHAT);
                check(c, sequence);
                checkResized(c, processor, parts);
                int most = processor.countTokens(parts, PromptStyle.CHAT);
                assertEquals(c + "", sequence.length() + dropped(sequence), most);
            }
        }
    }

    private static void checkResized(
            Parity.Case c, VideoLlama3Processor processor, List<PromptPart> parts)
            throws Exception {
        if (c.tensors().has("resized_frames")) {
            List<Frame> expected = c.tensors().frames("resized_frames");
            List<Frame> actual = processor.resized((PromptPart.Vision) parts.get(0));
            assertEquals(c + "", expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(c + "", expected.get(i).width(), actual.get(i).width());
                assertArrayEquals(c + " " + i, expected.get(i).rgb(), actual.get(i).rgb());
            }
        }
    }

    private static int dropped(PreparedSequence sequence) {
        return sequence.vision().stream().mapToInt(v -> v.numMerged() - v.numTokens()).sum();
    }

    private static void check(Parity.Case c, PreparedSequence sequence) throws Exception {
        TensorFile tensors = c.tensors();
        // the release drops tokens in the model: its processor's ids hold them all
        String ids = tensors.has("llm.input_ids") ? "llm.input_ids" : "input.input_ids";
        assertArrayEquals(c + "", tensors.longs(ids), sequence.ids());
        assertEquals(
                c + "",
                tensors.longs("input.input_ids").length,
                sequence.length() + (ids.startsWith("llm") ? dropped(sequence) : 0));
        for (long[] axis : sequence.positions()) {
            assertArrayEquals(c + "", tensors.longs("position_ids"), axis);
        }
        for (VisionInput input : sequence.vision()) {
            String kind = tensors.has("input.image_grid_thw") ? "image" : "video";
            PatchGrid grid = input.grid();
            boolean released = tensors.has("input.grid_sizes");
            assertArrayEquals(
                    c + "",
                    tensors.longs(released ? "input.grid_sizes" : "input." + kind + "_grid_thw"),
                    new long[] {grid.time(), grid.height(), grid.width()});
            String merge = released ? "input.merge_sizes" : "input." + kind + "_merge_sizes";
            assertEquals(c + "", tensors.longs(merge)[0], input.merge());
            checkPixels(c, tensors, input);
            checkCompression(c, tensors, input);
        }
    }

    private static void checkPixels(Parity.Case c, TensorFile tensors, VisionInput input) {
        if (tensors.has("input.pixel_values")) {
            assertArrayEquals(c + "", tensors.floats("input.pixel_values"), input.patches(), 0f);
        }
    }

    private static void checkCompression(Parity.Case c, TensorFile tensors, VisionInput input) {
        if (tensors.has("compression_mean_abs_diff")) {
            float[] expected = tensors.floats("compression_mean_abs_diff");
            double[] actual =
                    TokenCompression.differences(input.patches(), input.grid(), input.merge());
            assertEquals(c + "", expected.length, actual.length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(c + " " + i, expected[i], actual[i], 1e-6);
            }
        }
        for (String name : List.of("input.video_compression_mask", "compression_mask")) {
            if (tensors.has(name) == false) {
                continue;
            }
            byte[] mask = tensors.bytes(name);
            byte[] kept = new byte[mask.length];
            if (input.kept() == null) {
                Arrays.fill(kept, (byte) 1);
            } else {
                for (int i : input.kept()) {
                    kept[i] = 1;
                }
            }
            assertArrayEquals(c + "", mask, kept);
        }
    }

    public void testTextBatchEqualsTheReference() throws Exception {
        Parity.Case c = new Parity.Case("video_llama_3_b", "text_batch");
        try (Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(c.fixture())) {
            VideoLlama3Processor processor = VideoLlama3Fixture.processor(c, tokenizer);
            for (int row = 0; row < 2; row++) {
                String text = c.json().getAsJsonArray("texts").get(row).getAsString();
                PreparedSequence sequence =
                        processor.prepare(List.of(new PromptPart.Text(text)), PromptStyle.CHAT);
                assertArrayEquals(
                        c.tensors().longs("row" + row + ".input.input_ids"), sequence.ids());
            }
        }
    }

    /** Of the released processor, from the fixture's LAYOUT.md: height, width, frames, size. */
    public void testReleasedSizes() {
        ReleasedPictures pictures =
                ReleasedPictures.read(new JsonObject(), new JsonObject(), Long.MAX_VALUE);
        int[][] videos = {
            {480, 854, 8, 476, 840},
            {480, 854, 128, 224, 420},
            {480, 854, 180, 196, 336},
            {1080, 1920, 180, 196, 336}
        };
        for (int[] row : videos) {
            Frame frame = new Frame(0, row[1], row[0], new byte[row[0] * row[1] * 3]);
            PromptPart.Vision video = new PromptPart.Video(Collections.nCopies(row[2], frame));
            assertEquals(List.of(new ImageSize(row[3], row[4])), pictures.sizes(List.of(video)));
        }
        int[][] images = {{480, 640, 476, 644}, {3000, 4000, 1540, 2058}};
        for (int[] row : images) {
            Frame frame = new Frame(0, row[1], row[0], new byte[row[0] * row[1] * 3]);
            assertEquals(
                    List.of(new ImageSize(row[2], row[3])),
                    pictures.sizes(List.of(new PromptPart.Image(frame))));
        }
    }

    public void testReleasedSizesOfImagesBesideVideos() {
        JsonObject bounds = new JsonObject();
        bounds.addProperty("max_tokens", 100);
        ReleasedPictures pictures = ReleasedPictures.read(bounds, new JsonObject(), Long.MAX_VALUE);
        Frame frame = new Frame(0, 280, 140, new byte[280 * 140 * 3]);
        PromptPart.Vision image = new PromptPart.Image(frame);
        PromptPart.Vision video = new PromptPart.Video(List.of(frame, frame));
        // 10 x 20 tokens and twice 5 x 10, three times too many: sides are divided by sqrt(3)
        assertEquals(
                List.of(new ImageSize(70, 154), new ImageSize(56, 140)),
                pictures.sizes(List.of(image, video)));
    }

    public void testReleasedMergeSizesOverTwoAreRefused() {
        JsonObject processor = new JsonObject();
        processor.addProperty("video_merge_size", 4);
        IllegalArgumentException e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> ReleasedPictures.read(new JsonObject(), processor, 1));
        assertEquals("[video_merge_size] is [4]; supported are [1] and [2]", e.getMessage());
    }

    public void testTimesAreRoundedAsInPython() {
        assertEquals("0.0", VideoLlama3Prompt.seconds(0));
        assertEquals("0.2", VideoLlama3Prompt.seconds(0.25));
        assertEquals("0.3", VideoLlama3Prompt.seconds(0.35));
        assertEquals("0.8", VideoLlama3Prompt.seconds(0.75));
        assertEquals("12.0", VideoLlama3Prompt.seconds(11.96));
        assertEquals("100.0", VideoLlama3Prompt.seconds(100));
    }

    public void testAFrameThatStandsStillKeepsOneToken() throws Exception {
        Parity.Case c = new Parity.Case("video_llama_3_b", "video");
        Frame frame = c.tensors().frames("frames").get(0);
        PromptPart video = new PromptPart.Video(List.of(frame, frame, frame));
        try (Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(c.fixture())) {
            VideoLlama3Processor processor = VideoLlama3Fixture.processor(c, tokenizer);
            VisionInput input =
                    processor.prepare(List.of(video), PromptStyle.PLAIN).vision().get(0);
            int blocks = input.numMerged() / 3;
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < blocks; i++) {
                kept.add(i);
            }
            kept.add(blocks);
            kept.add(2 * blocks);
            assertEquals(kept, Arrays.stream(input.kept()).boxed().toList());
            assertEquals(blocks + 2, input.numTokens());
        }
    }

    public void testPlainStyleHasTimesAndNothingElse() throws Exception {
        Parity.Case c = new Parity.Case("video_llama_3_b", "video");
        try (Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(c.fixture())) {
            VideoLlama3Processor processor = VideoLlama3Fixture.processor(c, tokenizer);
            Frame frame = new Frame(1.5, 56, 56, new byte[56 * 56 * 3]);
            PreparedSequence sequence =
                    processor.prepare(
                            List.of(
                                    new PromptPart.Video(List.of(frame)),
                                    new PromptPart.Text(" a <|video_pad|>")),
                            PromptStyle.PLAIN);
            String video = "<|video_pad|>";
            assertEquals(
                    "Time 1.5s:" + video.repeat(4) + " a <|video_pad|>",
                    tokenizer.decode(sequence.ids(), false));
            assertEquals(4, sequence.vision().get(0).numTokens());
        }
    }

    public void testNothingAtAllIsRefused() throws Exception {
        Parity.Case c = new Parity.Case("video_llama_3_b", "video");
        try (Tokenizer tokenizer = VideoLlama3Fixture.tokenizer(c.fixture())) {
            VideoLlama3Processor processor = VideoLlama3Fixture.processor(c, tokenizer);
            IllegalArgumentException e =
                    expectThrows(
                            IllegalArgumentException.class,
                            () -> processor.countTokens(List.of(), PromptStyle.PLAIN));
            assertEquals(
                    "the input is empty; send at least one character, image or video",
                    e.getMessage());
        }
    }
}
