package org.vidvec.prompt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

public class MropePositionsTests extends ESTestCase {

    public void testEqualTheReferenceUnderBothRules() throws IOException {
        for (Parity.Case c : Parity.VISION) {
            TensorFile tensors = c.tensors();
            check(c, tensors, "", PositionRule.SPATIAL);
            // without classic tensors the two rules agree
            check(
                    c,
                    tensors,
                    tensors.has("classic.position_ids") ? "classic." : "",
                    PositionRule.CLASSIC);
        }
    }

    public void testTheRulesDifferForManySmallFrames() throws IOException {
        TensorFile tensors = new Parity.Case("qwen2_vl_a", "video_many_frames").tensors();
        assertNotEquals(tensors.longs("rope_deltas")[0], tensors.longs("classic.rope_deltas")[0]);
    }

    public void testTextCountsUp() {
        MropePositions positions = MropePositions.of(4, List.of(), PositionRule.CLASSIC);
        for (long[] axis : positions.ids()) {
            assertArrayEquals(new long[] {0, 1, 2, 3}, axis);
        }
        assertEquals(0, positions.delta());
    }

    public void testTwoSpansInOneSequence() {
        // text, a 1x2x2 image, text, a 3x1x1 video, text
        List<VisionSpan> spans = List.of(new VisionSpan(1, 1, 2, 2), new VisionSpan(6, 3, 1, 1));
        long[][] classic = MropePositions.of(10, spans, PositionRule.CLASSIC).ids();
        assertArrayEquals(new long[] {0, 1, 1, 1, 1, 3, 4, 5, 6, 7}, classic[0]);
        assertArrayEquals(new long[] {0, 1, 1, 2, 2, 3, 4, 4, 4, 7}, classic[1]);
        assertArrayEquals(new long[] {0, 1, 2, 1, 2, 3, 4, 4, 4, 7}, classic[2]);
        MropePositions spatial = MropePositions.of(10, spans, PositionRule.SPATIAL);
        assertArrayEquals(new long[] {0, 1, 1, 1, 1, 3, 4, 5, 6, 5}, spatial.ids()[0]);
        assertEquals(7, spatial.next());
    }

    /** As transformers 5 generates behind a slow clip: after the last token, not the largest. */
    public void testTextGoesOnAfterTheLastToken() {
        List<VisionSpan> slow = List.of(new VisionSpan(1, 2, 1, 1, 32));
        MropePositions positions = MropePositions.of(5, slow, PositionRule.SPATIAL);
        assertArrayEquals(new long[] {0, 1, 33, 2, 3}, positions.ids()[0]);
        PreparedSequence sequence = new PreparedSequence(new long[5], positions.ids(), List.of());
        assertEquals(4, sequence.nextPosition());
        assertEquals(5, sequence.followedBy(new long[2]).positions()[2][6]);
        long[][] classic = MropePositions.of(5, slow, PositionRule.CLASSIC).ids();
        assertEquals(36, new PreparedSequence(new long[5], classic, List.of()).nextPosition());
    }

    public void testUnknownRuleIsNamed() {
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> PositionRule.of("new"));
        assertEquals("unknown position rule [new]; known are [classic, spatial]", e.getMessage());
    }

    private static void check(Parity.Case c, TensorFile tensors, String prefix, PositionRule rule) {
        String grid =
                tensors.has("input.video_grid_thw")
                        ? "input.video_grid_thw"
                        : "input.image_grid_thw";
        long[] thw = tensors.longs(grid);
        long[] ids = tensors.longs("input.input_ids");
        long[] kinds = tensors.longs("input.mm_token_type_ids");
        int start = 0;
        while (kinds[start] == 0) {
            start++;
        }
        VisionSpan span = new VisionSpan(start, (int) thw[0], (int) thw[1] / 2, (int) thw[2] / 2);
        MropePositions positions = MropePositions.of(ids.length, List.of(span), rule);
        List<Long> flat = new ArrayList<>();
        for (long[] axis : positions.ids()) {
            for (long id : axis) {
                flat.add(id);
            }
        }
        long[] expected = tensors.longs(prefix + "position_ids");
        assertArrayEquals(
                c + " " + rule, expected, flat.stream().mapToLong(Long::longValue).toArray());
        assertEquals(tensors.longs(prefix + "rope_deltas")[0], positions.delta());
    }
}
