package org.vidvec.prompt;

import java.util.List;

/**
 * Positions of multimodal rotary embeddings (Qwen2-VL paper, section 2.1): a text token has the
 * same position on all three axes, a vision token those of its place in time, height and width.
 *
 * @param ids [3][tokens]: time, height, width
 * @param next the largest position of any axis + 1
 */
public record MropePositions(long[][] ids, long next) {

    /** HF's {@code rope_deltas}. */
    public long delta() {
        return next - ids[0].length;
    }

    /**
     * The positions of a sequence.
     *
     * @param numTokens its length
     * @param spans its images and videos, in order
     */
    public static MropePositions of(int numTokens, List<VisionSpan> spans, PositionRule rule) {
        long[][] ids = new long[3][numTokens];
        int token = 0;
        long position = 0;
        for (VisionSpan span : spans) {
            position = text(ids, token, span.start(), position);
            vision(ids, span, position);
            int spatial = Math.max(span.height(), span.width());
            long past = Math.max(spatial, span.timeOf(span.time() - 1) + 1);
            position += rule == PositionRule.CLASSIC ? past : spatial;
            token = span.start() + span.length();
        }
        text(ids, token, numTokens, position);
        return new MropePositions(ids, largest(ids) + 1);
    }

    /** Fills tokens {@code from} to {@code to} and gives the position after them. */
    private static long text(long[][] ids, int from, int to, long position) {
        for (int token = from; token < to; token++) {
            for (long[] axis : ids) {
                axis[token] = position;
            }
            position++;
        }
        return position;
    }

    private static void vision(long[][] ids, VisionSpan span, long position) {
        int token = span.start();
        for (int t = 0; t < span.time(); t++) {
            for (int y = 0; y < span.height(); y++) {
                for (int x = 0; x < span.width(); x++) {
                    ids[0][token] = position + span.timeOf(t);
                    ids[1][token] = position + y;
                    ids[2][token] = position + x;
                    token++;
                }
            }
        }
    }

    private static long largest(long[][] ids) {
        long largest = -1;
        for (long[] axis : ids) {
            for (long position : axis) {
                largest = Math.max(largest, position);
            }
        }
        return largest;
    }
}
