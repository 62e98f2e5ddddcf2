package org.vidvec.bench;

import java.nio.file.Path;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.WeightForm;

/**
 * What is measured.
 *
 * @param model folder of a checkpoint
 * @param dtype what is computed in; null for the checkpoint's own
 * @param form how matrices are kept; null for the fastest that loses nothing
 * @param threads of one operation; 0 for one per core
 * @param layers decoder layers that are loaded; 0 for all
 * @param frames of a video
 * @param tokens of a text
 * @param batch videos that a head embeds together
 * @param runs that are timed
 * @param warmups before them
 */
public record BenchOptions(
        Path model,
        DType dtype,
        WeightForm form,
        int threads,
        int layers,
        int frames,
        int tokens,
        int batch,
        int runs,
        int warmups) {

    /**
     * @throws IllegalArgumentException if a number is out of its range, by name
     */
    public BenchOptions {
        atLeast("threads", threads, 0);
        atLeast("layer", layers, 0);
        atLeast("frames", frames, 1);
        atLeast("tokens", tokens, 1);
        atLeast("batch", batch, 1);
        atLeast("runs", runs, 1);
        atLeast("warmups", warmups, 0);
    }

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be at least [" + least + "], not [" + value + "]");
        }
    }

    /** How the network is loaded. */
    NetworkOptions network() {
        return new NetworkOptions(Device.CPU, dtype, layers, layers == 0, null, form);
    }
}
