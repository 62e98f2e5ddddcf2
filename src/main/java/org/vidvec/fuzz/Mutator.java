package org.vidvec.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bends files: the same seed and number give the same input, whatever came before it. */
final class Mutator {

    // containers keep what a demuxer trusts at their start
    private static final int HEAD_BYTES = 4096;

    private static final int MOST_FLIPS = 64;
    private static final int MOST_CHUNK = 8192;
    private static final int MOST_STEPS = 3;

    // one whole file in so many inputs, the rest are short excerpts
    private static final int WHOLE_FILE_EVERY = 64;

    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        0x7fffffff,
        0x80000000L,
        0xffffffffL,
        0x7fffffffffffffffL,
        0x8000000000000000L,
        30_000,
        65_500
    };

    private final long seed;
    private final Corpus corpus;

    /**
     * An input.
     *
     * @param name of the file that it is made of
     * @param random what is left of its chance
     */
    record Input(String name, byte[] bytes, SplittableRandom random) {}

    Mutator(long seed, Corpus corpus) {
        this.seed = seed;
        this.corpus = corpus;
    }

    Input input(long number) {
        SplittableRandom random = new SplittableRandom(seed + number * 0x9e3779b97f4a7c15L);
        boolean whole = random.nextInt(WHOLE_FILE_EVERY) == 0;
        Corpus.Item item = pick(whole ? corpus.files() : corpus.excerpts(), random);
        byte[] bytes = item.bytes().clone();
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps && bytes.length > 16; i++) {
            bytes = step(bytes, random);
        }
        return new Input(item.name(), bytes, random);
    }

    private static Corpus.Item pick(List<Corpus.Item> items, SplittableRandom random) {
        return items.get(random.nextInt(items.size()));
    }

    private byte[] step(byte[] bytes, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> flip(bytes, random);
            case 2 -> Arrays.copyOf(bytes, position(bytes, random));
            case 3 -> splice(bytes, pick(corpus.excerpts(), random).bytes(), random);
            case 4 -> repeat(bytes, random);
            case 5 -> remove(bytes, random);
            default -> extreme(bytes, random);
        };
    }

    private static int position(byte[] bytes, SplittableRandom random) {
        return random.nextBoolean()
                ? random.nextInt(bytes.length)
                : random.nextInt(Math.min(HEAD_BYTES, bytes.length));
    }

    private static byte[] flip(byte[] bytes, SplittableRandom random) {
        int flips = 1 + random.nextInt(MOST_FLIPS);
        for (int i = 0; i < flips; i++) {
            bytes[position(bytes, random)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** The head of another file before the rest of this one. */
    private static byte[] splice(byte[] bytes, byte[] other, SplittableRandom random) {
        int head = position(other, random);
        int from = position(bytes, random);
        byte[] out = Arrays.copyOf(other, head + bytes.length - from);
        System.arraycopy(bytes, from, out, head, bytes.length - from);
        return out;
    }

    private static byte[] repeat(byte[] bytes, SplittableRandom random) {
        int at = position(bytes, random);
        int chunk = 1 + random.nextInt(Math.min(MOST_CHUNK, bytes.length - at));
        byte[] out = new byte[bytes.length + chunk];
        System.arraycopy(bytes, 0, out, 0, at + chunk);
        System.arraycopy(bytes, at, out, at + chunk, bytes.length - at);
        return out;
    }

    private static byte[] remove(byte[] bytes, SplittableRandom random) {
        int at = position(bytes, random);
        int chunk = 1 + random.nextInt(Math.min(MOST_CHUNK, bytes.length - at));
        byte[] out = new byte[bytes.length - chunk];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(bytes, at + chunk, out, at, out.length - at);
        return out;
    }

    /** A number that lengths, counts and sizes break at, where a field may lie. */
    private static byte[] extreme(byte[] bytes, SplittableRandom random) {
        int width = 1 << random.nextInt(4);
        int at = Math.min(field(bytes, random), bytes.length - width);
        long value = EXTREMES[random.nextInt(EXTREMES.length)];
        boolean bigEndian = random.nextInt(4) != 0;
        for (int i = 0; i < width; i++) {
            int shift = 8 * (bigEndian ? width - 1 - i : i);
            bytes[at + i] = (byte) (value >>> shift);
        }
        return bytes;
    }

    /** Beside the next four letters, where boxes and chunks have sizes and counts. */
    private static int field(byte[] bytes, SplittableRandom random) {
        int start = position(bytes, random);
        if (random.nextInt(4) == 0) {
            return start;
        }
        for (int i = Math.max(4, start); i + 4 < bytes.length; i++) {
            if (letters(bytes, i)) {
                int[] beside = {i - 4, i + 4, i + 8, i + 12, i + 16};
                return beside[random.nextInt(beside.length)];
            }
        }
        return start;
    }

    private static boolean letters(byte[] bytes, int at) {
        for (int i = at; i < at + 4; i++) {
            if (bytes[i] < '0' || bytes[i] > 'z') {
                return false;
            }
        }
        return true;
    }
}
