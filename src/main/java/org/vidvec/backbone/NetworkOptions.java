package org.vidvec.backbone;

import java.nio.file.Path;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.CpuProducts;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightForm;

/**
 * How a network is loaded.
 *
 * @param device where it computes
 * @param dtype what it computes in; null for the type of the checkpoint
 * @param layers decoder layers that are loaded, 1..layers; 0 for all
 * @param head whether logits are wanted: needs all layers
 * @param adapter folder of a LoRA adapter that is merged into the weights; null for none
 * @param form how matrices are kept on a CPU; null for the fastest that loses nothing against the
 *     dtype
 * @param eager whether attention rounds scores and weights to the dtype, as {@code
 *     attn_implementation="eager"} of transformers does; slower
 */
public record NetworkOptions(
        Device device,
        DType dtype,
        int layers,
        boolean head,
        Path adapter,
        WeightForm form,
        boolean eager) {

    /** With fused attention. */
    public NetworkOptions(
            Device device, DType dtype, int layers, boolean head, Path adapter, WeightForm form) {
        this(device, dtype, layers, head, adapter, form, false);
    }

    /** In the fastest form that loses nothing. */
    public NetworkOptions(Device device, DType dtype, int layers, boolean head, Path adapter) {
        this(device, dtype, layers, head, adapter, null);
    }

    /** Without an adapter. */
    public NetworkOptions(Device device, DType dtype, int layers, boolean head) {
        this(device, dtype, layers, head, null);
    }

    /** All of it, in the checkpoint's own type. */
    public static NetworkOptions everything(Device device) {
        return new NetworkOptions(device, null, 0, true);
    }

    /**
     * All of it on the CPU, rounded as references are: the matrices in that very type, attention
     * eager where that makes a difference of more than float32's last digits.
     */
    public static NetworkOptions likeReference(DType dtype, Path adapter) {
        boolean eager = dtype != DType.FLOAT32;
        return new NetworkOptions(Device.CPU, dtype, 0, true, adapter, WeightForm.PLAIN, eager);
    }

    /**
     * @throws IllegalArgumentException if {@code layers} is negative, a head is wanted on top of a
     *     part of the layers, or a form for CPUs on a GPU
     */
    public NetworkOptions {
        if (layers < 0) {
            throw new IllegalArgumentException(
                    "[layers] must be at least [0], not [" + layers + "]");
        }
        if (form != null && form != WeightForm.PLAIN && Device.CPU.equals(device) == false) {
            throw new IllegalArgumentException(
                    "[quantization] ["
                            + form.label()
                            + "] is for CPUs, not for ["
                            + device
                            + "]; remove it from the card, or set [vidvec.device] to [cpu]");
        }
        if (head && layers != 0) {
            throw new IllegalArgumentException(
                    "the head reads the last layer: it can't be loaded with the first ["
                            + layers
                            + "] layers only");
        }
    }

    /**
     * The same with nothing left open, as a network keeps them.
     *
     * @param stored what the checkpoint's embeddings are stored in
     * @throws EngineException if the form is one that this CPU has no exact products for
     */
    NetworkOptions decided(TorchEngine engine, DType stored) throws EngineException {
        DType computed = dtype == null ? stored : dtype;
        return new NetworkOptions(
                device, computed, layers, head, null, form(engine, computed), eager);
    }

    private WeightForm form(TorchEngine engine, DType computed) throws EngineException {
        if (form == WeightForm.INT8) {
            engine.requireInt8();
        }
        if (form != null) {
            return form;
        }
        boolean choice = computed == DType.BFLOAT16 && Device.CPU.equals(device);
        return choice ? CpuProducts.ofThisMachine().form() : WeightForm.PLAIN;
    }

    /**
     * How many decoder layers to load.
     *
     * @param all that the model in the folder has
     * @throws IllegalArgumentException if more are asked for than there are
     */
    int layers(int all, Path folder) {
        if (layers > all) {
            throw new IllegalArgumentException(
                    "[layers] is ["
                            + layers
                            + "], but the model in ["
                            + folder
                            + "] has ["
                            + all
                            + "]");
        }
        return layers == 0 ? all : layers;
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
