package org.vidvec.prompt;

import java.util.List;
import org.vidvec.media.Frame;
import org.vidvec.resize.ImageSize;

/**
 * Frames as the rows that a vision transformer reads (HF {@code Qwen2VLImageProcessor}).
 *
 * <p>Rows in the order time, merged row, merged column, row in block, column in block; inside a row
 * channel, time, row, column, slowest first.
 *
 * @param patchSize side of a patch, pixels
 * @param temporalPatchSize frames in a patch; missing ones repeat the last, so an image fills its
 *     patch with itself
 * @param mergeSize side of the block of patches that becomes one token
 */
public record Patches(int patchSize, int temporalPatchSize, int mergeSize) {

    /** Both sides of a picture must be multiples of it, pixels. */
    public int factor() {
        return patchSize * mergeSize;
    }

    /** Number of values in a row: channels x time x height x width. */
    public int rowLength() {
        return 3 * temporalPatchSize * patchSize * patchSize;
    }

    /** The grid of that many frames of a size. */
    public PatchGrid grid(int numFrames, ImageSize size) {
        int time = (numFrames + temporalPatchSize - 1) / temporalPatchSize;
        return new PatchGrid(time, size.height() / patchSize, size.width() / patchSize);
    }

    /**
     * The rows of frames.
     *
     * @param frames of one size, whose sides are multiples of {@link #factor}
     * @return [patches, rowLength], row by row
     */
    public PatchRows rows(List<Frame> frames, Normalisation normalisation) {
        return new PatchRows.OfFrames(this, List.copyOf(frames), normalisation);
    }

    /** How many numbers the rows of frames have. */
    int size(List<Frame> frames) {
        return Math.multiplyExact(grid(frames).patches(), rowLength());
    }

    private PatchGrid grid(List<Frame> frames) {
        Frame first = frames.get(0);
        return grid(frames.size(), new ImageSize(first.height(), first.width()));
    }

    /** Writes the rows of frames into an array, from a place on. */
    void write(List<Frame> frames, Normalisation normalisation, float[] rows, int from) {
        PatchGrid grid = grid(frames);
        int at = from;
        for (int t = 0; t < grid.time(); t++) {
            for (int y = 0; y < grid.height(); y += mergeSize) {
                for (int x = 0; x < grid.width(); x += mergeSize) {
                    for (int inBlock = 0; inBlock < mergeSize * mergeSize; inBlock++) {
                        int row = y + inBlock / mergeSize;
                        int column = x + inBlock % mergeSize;
                        at = row(frames, t, row, column, normalisation, rows, at);
                    }
                }
            }
        }
    }

    private int row(
            List<Frame> frames,
            int t,
            int row,
            int column,
            Normalisation norm,
            float[] to,
            int at) {
        for (int channel = 0; channel < 3; channel++) {
            float[] table = norm.channel(channel);
            for (int dt = 0; dt < temporalPatchSize; dt++) {
                int index = Math.min(t * temporalPatchSize + dt, frames.size() - 1);
                Frame frame = frames.get(index);
                for (int dy = 0; dy < patchSize; dy++) {
                    int y = row * patchSize + dy;
                    int from = (y * frame.width() + column * patchSize) * 3 + channel;
                    for (int dx = 0; dx < patchSize; dx++) {
                        to[at++] = table[frame.rgb()[from] & 0xff];
                        from += 3;
                    }
                }
            }
        }
        return at;
    }
}
