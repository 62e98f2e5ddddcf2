package org.vidvec.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.media.Frame;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.TokenCompression;
import org.vidvec.prompt.VisionInput;

/** What a processor made of a prompt, in the shapes of the reference. */
final class InputValues {

    private final Values values;
    private final Reference reference;
    private final String prefix;
    private final PreparedSequence sequence;

    /**
     * @param prefix of the reference's names
     */
    InputValues(Values values, Reference reference, String prefix, PreparedSequence sequence) {
        this.values = values;
        this.reference = reference;
        this.prefix = prefix;
        this.sequence = sequence;
    }

    /** Ids, positions and masks. */
    void tokens() {
        int tokens = sequence.length();
        String from = reference.has(prefix + "llm.input_ids") ? "llm." : "input.";
        put(from + "input_ids", sequence.ids());
        long[] ones = new long[tokens];
        Arrays.fill(ones, 1);
        put(from + "attention_mask", ones);
        positions();
        put("input.mm_token_type_ids", new long[tokens]);
        put("input.token_type_ids", suffix(sequence));
        put("attention_allowed", allowed(sequence));
    }

    /** 0 in the bidirectional prefix, 1 after it. */
    static long[] suffix(PreparedSequence sequence) {
        long[] suffix = new long[sequence.length()];
        Arrays.fill(suffix, sequence.prefix(), suffix.length, 1);
        return suffix;
    }

    /** [tokens, tokens]: 1 where a row may look at a column. */
    static long[] allowed(PreparedSequence sequence) {
        int tokens = sequence.length();
        long[] allowed = new long[tokens * tokens];
        for (int i = 0; i < tokens; i++) {
            int seen = i < sequence.prefix() ? sequence.prefix() : i + 1;
            Arrays.fill(allowed, i * tokens, i * tokens + seen, 1);
        }
        return allowed;
    }

    /** What the original hands over before it drops tokens. */
    void beforeCompression(PreparedSequence all) {
        put("input.input_ids", all.ids());
        long[] ones = new long[all.length()];
        Arrays.fill(ones, 1);
        put("input.attention_mask", ones);
    }

    /** Positions alone. */
    void positions() {
        long[][] axes = sequence.positions();
        boolean oneAxis = Arrays.equals(axes[0], axes[1]) && Arrays.equals(axes[0], axes[2]);
        String name = prefix + "position_ids";
        boolean threeWanted = reference.has(name) && reference.shape(name)[0] == 3;
        LongStream all = Arrays.stream(axes).flatMapToLong(Arrays::stream);
        put("position_ids", oneAxis && threeWanted == false ? axes[0] : all.toArray());
        long largest = Arrays.stream(axes).flatMapToLong(Arrays::stream).max().getAsLong();
        put("rope_deltas", new long[] {largest + 1 - sequence.length()});
    }

    /**
     * Pixels, grids and what was dropped.
     *
     * @param resized the frames as they were cut; none if the family does not show them
     * @param isVideo whether the pictures are frames of a video
     */
    void vision(List<Frame> resized, boolean isVideo) {
        List<VisionInput> inputs = sequence.vision();
        if (inputs.isEmpty()) {
            return;
        }
        VisionInput first = inputs.get(0);
        String kind = isVideo ? "video" : "image";
        String pixels =
                reference.has("input.pixel_values_videos") ? "pixel_values_videos" : "pixel_values";
        values.put("input." + pixels, pixels("input." + pixels, inputs));
        PatchGrid grid = first.grid();
        long[] sizes = {grid.time(), grid.height(), grid.width()};
        put("input." + kind + "_grid_thw", sizes);
        put("input.grid_sizes", sizes);
        put("input." + kind + "_merge_sizes", new long[] {first.merge()});
        put("input.merge_sizes", new long[] {first.merge()});
        long[] types = new long[sequence.length()];
        for (int i = 0; i < types.length; i++) {
            types[i] = sequence.ids()[i] == first.placeholder() ? (isVideo ? 2 : 1) : 0;
        }
        put("input.mm_token_type_ids", types);
        put("input.video_compression_mask", mask(first, first.kept()));
        if (isVideo) {
            compression(first);
        } else {
            put("compression_mask", mask(first, null));
        }
        if (resized.isEmpty() == false) {
            values.put("resized_frames", bytes(resized));
        }
    }

    /** What the rule gives, whether or not it is followed. */
    private void compression(VisionInput video) {
        float[] rows = video.patches();
        double[] apart = TokenCompression.differences(rows, video.grid(), video.merge());
        float[] differences = new float[apart.length];
        for (int i = 0; i < apart.length; i++) {
            differences[i] = (float) apart[i];
        }
        values.put(prefix + "compression_mean_abs_diff", differences);
        TokenCompression rule = TokenCompression.of(rows, video.grid(), video.merge());
        put("compression_mask", mask(video, rule.kept()));
    }

    private static long[] mask(VisionInput input, int[] kept) {
        long[] mask = new long[input.numMerged()];
        Arrays.fill(mask, kept == null ? 1 : 0);
        if (kept != null) {
            Arrays.stream(kept).forEach(i -> mask[i] = 1);
        }
        return mask;
    }

    private float[] pixels(String name, List<VisionInput> inputs) {
        int size = inputs.stream().mapToInt(i -> i.rows().size()).sum();
        float[] all = new float[size];
        int at = 0;
        boolean pictures = reference.has(name) && reference.shape(name).length == 4;
        for (VisionInput input : inputs) {
            float[] rows = pictures ? picture(input) : input.patches();
            System.arraycopy(rows, 0, all, at, rows.length);
            at += rows.length;
        }
        return all;
    }

    /** Patches [row x column, 3 x side x side] back as pictures [3, height, width]. */
    private static float[] picture(VisionInput input) {
        int rows = input.grid().height() * input.grid().time();
        int columns = input.grid().width();
        int perFrame = input.grid().height() * columns;
        float[] patches = input.patches();
        int values = patches.length / (rows * columns);
        int side = (int) Math.round(Math.sqrt(values / 3.0));
        float[] picture = new float[patches.length];
        for (int patch = 0; patch < rows * columns; patch++) {
            int frame = patch / perFrame;
            int row = patch % perFrame / columns;
            int column = patch % columns;
            for (int i = 0; i < values; i++) {
                int channel = i / (side * side);
                int y = row * side + i / side % side;
                int x = column * side + i % side;
                int plane = (frame * 3 + channel) * perFrame * side * side;
                picture[plane + y * columns * side + x] = patches[patch * values + i];
            }
        }
        return picture;
    }

    private static float[] bytes(List<Frame> frames) {
        int size = frames.stream().mapToInt(f -> f.rgb().length).sum();
        float[] all = new float[size];
        int at = 0;
        for (Frame frame : frames) {
            for (byte value : frame.rgb()) {
                all[at++] = value & 0xff;
            }
        }
        return all;
    }

    private void put(String name, long[] value) {
        values.put(prefix + name, Numbers.floats(value));
    }
}
