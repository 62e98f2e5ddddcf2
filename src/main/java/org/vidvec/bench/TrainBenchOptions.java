package org.vidvec.bench;

import java.nio.file.Path;
import org.vidvec.engine.DType;

/**
 * Which training steps are measured.
 *
 * @param model folder of a checkpoint
 * @param dtype what the network computes in
 * @param threads of one operation; 0 for one per core
 * @param batch captions of a step
 * @param frames of a video
 * @param side pixels along an edge of a frame
 * @param rank of low-rank matrices
 * @param recompute whether layers are computed once more on the way back
 * @param runs that are timed
 * @param warmups before them
 */
public record TrainBenchOptions(
        Path model,
        DType dtype,
        int threads,
        int batch,
        int frames,
        int side,
        int rank,
        boolean recompute,
        int runs,
        int warmups) {

    /**
     * @throws IllegalArgumentException if a number is out of its range, by name
     */
    public TrainBenchOptions {
        BenchOptions.atLeast("threads", threads, 0);
        BenchOptions.atLeast("batch", batch, 2);
        BenchOptions.atLeast("frames", frames, 1);
        BenchOptions.atLeast("side", side, 28);
        BenchOptions.atLeast("rank", rank, 1);
        BenchOptions.atLeast("runs", runs, 1);
        BenchOptions.atLeast("warmups", warmups, 0);
    }
}
