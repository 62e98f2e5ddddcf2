package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchCall;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.VisionInput;

/**
 * The vision inputs of a batch, one after the other, and where their tokens go.
 *
 * @param inputs in the order of the sequences
 * @param patchWidth numbers in one patch
 * @param places [visionTokens]: indices into the tokens of the batch
 */
record VisionBatch(List<VisionInput> inputs, int patchWidth, long[] places) {

    /**
     * Matches inputs and placeholders.
     *
     * @throws IllegalArgumentException if an input's sizes don't fit, or a sequence does not have
     *     exactly the placeholders that its inputs fill
     */
    static VisionBatch of(SequenceBatch batch, int patchWidth) {
        List<VisionInput> inputs = new ArrayList<>();
        LongStream.Builder places = LongStream.builder();
        int begin = 0;
        for (PreparedSequence sequence : batch.sequences()) {
            int token = 0;
            for (VisionInput input : sequence.vision()) {
                checkSizes(input, patchWidth);
                for (int left = input.numTokens(); left > 0; left--) {
                    token = nextPlaceholder(sequence, input, token, left);
                    places.add(begin + token);
                    token++;
                }
                inputs.add(input);
            }
            checkNoneLeft(sequence, token);
            begin += sequence.length();
        }
        return new VisionBatch(inputs, patchWidth, places.build().toArray());
    }

    private static void checkSizes(VisionInput input, int patchWidth) {
        long expected = (long) input.numPatches() * patchWidth;
        PatchGrid grid = input.grid();
        if (grid.time() < 1
                || grid.height() < 1
                || grid.width() < 1
                || grid.height() % input.merge() != 0
                || grid.width() % input.merge() != 0
                || input.rows().size() != expected) {
            throw new IllegalArgumentException(
                    "a vision input of grid "
                            + name(grid)
                            + " with ["
                            + input.rows().size()
                            + "] numbers does not fit: a patch has ["
                            + patchWidth
                            + "] and rows and columns must be multiples of ["
                            + input.merge()
                            + "]");
        }
    }

    private static String name(PatchGrid grid) {
        return "[" + grid.time() + ", " + grid.height() + ", " + grid.width() + "]";
    }

    private static int nextPlaceholder(
            PreparedSequence sequence, VisionInput input, int from, int left) {
        for (int i = from; i < sequence.length(); i++) {
            if (sequence.ids()[i] == input.placeholder()) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "a vision input of grid "
                        + name(input.grid())
                        + " needs ["
                        + left
                        + "] more placeholders ["
                        + input.placeholder()
                        + "] than the sequence has");
    }

    private static void checkNoneLeft(PreparedSequence sequence, int from) {
        for (VisionInput input : sequence.vision()) {
            for (int i = from; i < sequence.length(); i++) {
                if (sequence.ids()[i] == input.placeholder()) {
                    throw new IllegalArgumentException(
                            "the placeholder ["
                                    + input.placeholder()
                                    + "] at token ["
                                    + i
                                    + "] is filled by no vision input");
                }
            }
        }
    }

    /** Adds the arguments that all passes take: patches, grids, runs, places and what is kept. */
    TorchCall addTo(TorchCall call, TensorScope scope) throws EngineException {
        return call.add(patches(scope))
                .add(grids())
                .add(runs())
                .add(placesTensor(scope))
                .add(kept(scope));
    }

    /** No tensor if there is no input, else [patches, patchWidth]. */
    List<Tensor> patches(TensorScope scope) throws EngineException {
        if (inputs.isEmpty()) {
            return List.of();
        }
        int total = inputs.stream().mapToInt(i -> i.rows().size()).reduce(0, Math::addExact);
        float[] all = new float[total];
        int at = 0;
        for (VisionInput input : inputs) {
            input.rows().writeTo(all, at);
            at += input.rows().size();
        }
        return List.of(scope.floats(all, total / patchWidth, patchWidth));
    }

    /** Flat (time, height, width, merge) per input. */
    long[] grids() {
        return inputs.stream()
                .flatMapToLong(
                        i ->
                                LongStream.of(
                                        i.grid().time(),
                                        i.grid().height(),
                                        i.grid().width(),
                                        i.merge()))
                .toArray();
    }

    /** [visionTokens]: which of all merged tokens go into the prompts; empty for all. */
    Tensor kept(TensorScope scope) throws EngineException {
        if (inputs.stream().allMatch(i -> i.kept() == null)) {
            return scope.longs(new long[0], 0);
        }
        LongStream.Builder kept = LongStream.builder();
        long from = 0;
        for (VisionInput input : inputs) {
            for (int i = 0; i < input.numTokens(); i++) {
                kept.add(from + (input.kept() == null ? i : input.kept()[i]));
            }
            from += input.numMerged();
        }
        long[] indices = kept.build().toArray();
        return scope.longs(indices, indices.length);
    }

    /**
     * Flat (count, length): stretches of patches that see each other, one per temporal patch;
     * neighbours of equal length are one entry, so that they are one batch of attention.
     */
    long[] runs() {
        List<long[]> runs = new ArrayList<>();
        for (VisionInput input : inputs) {
            PatchGrid grid = input.grid();
            long length = (long) grid.height() * grid.width();
            if (runs.isEmpty() == false && runs.get(runs.size() - 1)[1] == length) {
                runs.get(runs.size() - 1)[0] += grid.time();
            } else {
                runs.add(new long[] {grid.time(), length});
            }
        }
        return runs.stream().flatMapToLong(LongStream::of).toArray();
    }

    /** [visionTokens] */
    Tensor placesTensor(TensorScope scope) throws EngineException {
        return scope.longs(places, places.length);
    }
}
