package org.vidvec.prompt;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.resize.ImageSize;

public class PatchesTests extends ESTestCase {

    private static final Normalisation CLIP =
            new Normalisation(
                    new float[] {0.48145466f, 0.4578275f, 0.40821073f},
                    new float[] {0.26862954f, 0.26130258f, 0.27577711f},
                    0.00392156862745098);

    public void testEqualTheProcessorInEveryBit() throws IOException {
        Patches patches = new Patches(14, 2, 2);
        for (Parity.Case c : Parity.VISION) {
            TensorFile tensors = c.tensors();
            boolean video = tensors.has("input.pixel_values_videos");
            List<Frame> frames = tensors.frames("resized_frames");
            Frame first = frames.get(0);
            PatchGrid grid =
                    patches.grid(frames.size(), new ImageSize(first.height(), first.width()));
            assertArrayEquals(
                    tensors.longs(video ? "input.video_grid_thw" : "input.image_grid_thw"),
                    new long[] {grid.time(), grid.height(), grid.width()});
            assertArrayEquals(
                    c.toString(),
                    tensors.floats(video ? "input.pixel_values_videos" : "input.pixel_values"),
                    patches.rows(frames, CLIP).values(),
                    0f);
        }
    }

    public void testTokensAreMergedPatches() {
        assertEquals(new PatchGrid(1, 3, 5), new PatchGrid(1, 6, 10).merged(2));
    }
}
