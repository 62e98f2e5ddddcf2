package org.vidvec.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the tensors of safetensors files into a module that has the methods of weights.py, and looks
 * at every number once.
 *
 * <p>What is used as it is stored stays on the file's mapping. Whatever is converted, merged,
 * packed or sent to a GPU is read through a mapping of its own that is given back at once, so that
 * the pages which were read do not stay beside the copy: the peak is the weights plus the largest
 * one.
 */
final class WeightMapper {

    private static final int AS_STORED = -1;
    private static final int NOT_FINITE = 1;
    private static final int OVERFLOW = 2;

    private final TorchModule module;
    private final DType dtype;
    private final WeightForm form;
    private final Device device;
    private final Set<Path> mapped = new HashSet<>();

    /**
     * @param dtype null: as stored
     */
    WeightMapper(TorchModule module, DType dtype, WeightForm form, Device device) {
        this.module = module;
        this.dtype = dtype;
        this.form = form;
        this.device = device;
    }

    /**
     * @return bytes that they take in memory
     */
    long map(List<WeightEntry> weights) throws CheckpointException, EngineException {
        // first what is copied: then no other weight has a mapping of the same file
        for (boolean copied : new boolean[] {true, false}) {
            for (WeightEntry weight : weights) {
                if (isCopied(weight) == copied) {
                    put(weight);
                }
            }
        }
        return weights.stream().mapToLong(w -> form.bytes(w, dtype)).sum();
    }

    private boolean isCopied(WeightEntry weight) {
        return weight.update() != null
                || form.appliesTo(weight)
                || device.equals(Device.CPU) == false
                || (dtype != null && dtype.torchType() != weight.type().torchType());
    }

    private void put(WeightEntry weight) throws CheckpointException, EngineException {
        try (PtNDManager scope = module.engine().newManager()) {
            if (weight.update() != null) {
                putUpdated(scope, weight);
            } else if (form.appliesTo(weight)) {
                putPacked(scope, weight);
            } else if (isCopied(weight)) {
                putCopied(scope, weight, dtype);
            } else {
                if (mapped.add(weight.file())) {
                    mapFile(scope, weight.file());
                }
                put(scope, weight, null);
            }
        }
    }

    private void putCopied(PtNDManager scope, WeightEntry weight, DType wanted)
            throws CheckpointException, EngineException {
        mapFile(scope, weight.file());
        put(scope, weight, wanted);
        module.runPlain(
                "map_file", scope, scope.create(weight.file().toString()), scope.create(0L));
    }

    /** The weight as stored, then the update in float32, and only then what is wanted. */
    private void putUpdated(PtNDManager scope, WeightEntry weight)
            throws CheckpointException, EngineException {
        LowRankUpdate update = weight.update();
        putCopied(scope, update.a().renamed(weight.name() + ".lora_A"), DType.FLOAT32);
        putCopied(scope, update.b().renamed(weight.name() + ".lora_B"), DType.FLOAT32);
        putCopied(scope, weight, null);
        long wanted = dtype == null ? weight.type().torchType() : dtype.torchType();
        module.runPlain(
                "merge_low_rank",
                scope,
                scope.create(weight.name()),
                scope.create(update.scale()),
                scope.create(wanted));
        if (form.appliesTo(weight)) {
            module.runPlain("pack", scope, scope.create(weight.name()), code(scope));
        }
    }

    private NDArray code(PtNDManager scope) {
        return scope.create((long) form.ordinal());
    }

    private void mapFile(PtNDManager scope, Path file) throws EngineException {
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw new EngineException("can't read [" + file + "]: " + e);
        }
        module.runPlain("map_file", scope, scope.create(file.toString()), scope.create(size));
    }

    private void put(PtNDManager scope, WeightEntry weight, DType wanted)
            throws CheckpointException, EngineException {
        long fault =
                module.runPlain(
                        "put_mapped",
                        scope,
                        scope.create(weight.name()),
                        scope.create(weight.file().toString()),
                        scope.create(weight.offset()),
                        scope.create(weight.shape(), new Shape(weight.shape().length)),
                        scope.create((long) weight.type().torchType()),
                        scope.create(wanted == null ? (long) AS_STORED : wanted.torchType()),
                        scope.create(device.toString()));
        refuse(fault, weight, wanted == null ? "" : wanted.label());
    }

    private void putPacked(PtNDManager scope, WeightEntry weight)
            throws CheckpointException, EngineException {
        long fault =
                module.runPlain(
                        "put_packed",
                        scope,
                        scope.create(weight.name()),
                        scope.create(weight.file().toString()),
                        scope.create(weight.offset()),
                        scope.create(weight.shape(), new Shape(weight.shape().length)),
                        scope.create((long) weight.type().torchType()),
                        code(scope));
        if (fault == OVERFLOW) {
            // float16 holds less than bfloat16: this one matrix stays as it is
            putCopied(scope, weight, dtype);
        } else {
            refuse(fault, weight, form.label());
        }
    }

    private static void refuse(long fault, WeightEntry weight, String wanted)
            throws CheckpointException {
        String tensor = "tensor [" + weight.name() + "] of [" + weight.file() + "] holds numbers ";
        if (fault == NOT_FINITE) {
            throw new CheckpointException(
                    tensor
                            + "that are none (NaN) or infinite: the weights are damaged; download"
                            + " the file again");
        }
        if (fault == OVERFLOW) {
            throw new CheckpointException(
                    tensor
                            + "that are too large for ["
                            + wanted
                            + "]; set [dtype] to [float32] or [bfloat16] in [vidvec.json]");
        }
    }
}
