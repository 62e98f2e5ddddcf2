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

/** Puts the tensors of safetensors files into a module that has the methods of weights.py. */
final class WeightMapper {

    private static final int AS_STORED = -1;

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
    long map(List<WeightEntry> weights) throws EngineException {
        long bytes = 0;
        for (WeightEntry weight : weights) {
            try (PtNDManager scope = module.engine().newManager()) {
                if (weight.update() != null) {
                    putUpdated(scope, weight);
                } else if (form.appliesTo(weight)) {
                    putPacked(scope, weight);
                } else {
                    put(scope, weight, dtype);
                }
            }
            bytes += form.bytes(weight, dtype);
        }
        return bytes;
    }

    /** The weight as stored, then the update in float32, and only then what is wanted. */
    private void putUpdated(PtNDManager scope, WeightEntry weight) throws EngineException {
        LowRankUpdate update = weight.update();
        put(scope, update.a().renamed(weight.name() + ".lora_A"), DType.FLOAT32);
        put(scope, update.b().renamed(weight.name() + ".lora_B"), DType.FLOAT32);
        put(scope, weight, null);
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

    private void put(PtNDManager scope, WeightEntry weight, DType type) throws EngineException {
        if (mapped.add(weight.file())) {
            mapFile(scope, weight.file());
        }
        long wanted = type == null ? AS_STORED : type.torchType();
        module.runPlain(
                "put_mapped",
                scope,
                scope.create(weight.name()),
                scope.create(weight.file().toString()),
                scope.create(weight.offset()),
                scope.create(weight.shape(), new Shape(weight.shape().length)),
                scope.create((long) weight.type().torchType()),
                scope.create(wanted),
                scope.create(device.toString()));
    }

    private void putPacked(PtNDManager scope, WeightEntry weight) throws EngineException {
        module.runPlain(
                "put_packed",
                scope,
                scope.create(weight.name()),
                scope.create(weight.file().toString()),
                scope.create(weight.offset()),
                scope.create(weight.shape(), new Shape(weight.shape().length)),
                scope.create((long) weight.type().torchType()),
                code(scope));
    }
}
