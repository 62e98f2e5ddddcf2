package org.vidvec.backbone;

import java.nio.file.Path;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;

/**
 * How a network is loaded.
 *
 * @param device where it computes
 * @param dtype what it computes in; null for the type of the checkpoint
 * @param layers decoder layers that are loaded, 1..layers; 0 for all
 * @param head whether logits are wanted: needs all layers
 * @param adapter folder of a LoRA adapter that is merged into the weights; null for none
 */
public record NetworkOptions(Device device, DType dtype, int layers, boolean head, Path adapter) {

    /** Without an adapter. */
    public NetworkOptions(Device device, DType dtype, int layers, boolean head) {
        this(device, dtype, layers, head, null);
    }

    /** All of it, in the checkpoint's own type. */
    public static NetworkOptions everything(Device device) {
        return new NetworkOptions(device, null, 0, true);
    }

    /**
     * @throws IllegalArgumentException if {@code layers} is negative, or a head is wanted on top of
     *     a part of the layers
     */
    public NetworkOptions {
        if (layers < 0) {
            throw new IllegalArgumentException(
                    "[layers] must be at least [0], not [" + layers + "]");
        }
        if (head && layers != 0) {
            throw new IllegalArgumentException(
                    "the head reads the last layer: it can't be loaded with the first ["
                            + layers
                            + "] layers only");
        }
    }

    /**
     * The weights of a folder, with the adapter's additions; what every network loads from.
     *
     * @throws CheckpointException if a file of either is missing or unusable, or they do not fit
     */
    public Checkpoint open(Path folder) throws CheckpointException {
        Checkpoint checkpoint = Checkpoint.open(folder);
        return adapter == null ? checkpoint : LoraAdapter.open(adapter).applyTo(checkpoint);
    }
}
