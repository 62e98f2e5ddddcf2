package org.vidvec.engine;

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

    private WeightMapper() {}

    static long map(TorchModule module, List<WeightEntry> weights, DType dtype, Device device)
            throws EngineException {
        Set<Path> mapped = new HashSet<>();
        long bytes = 0;
        for (WeightEntry weight : weights) {
            try (PtNDManager scope = module.engine().newManager()) {
                map(module, scope, weight, mapped);
                if (weight.update() == null) {
                    put(module, scope, weight, dtype, device);
                } else {
                    putUpdated(module, scope, weight, mapped, dtype, device);
                }
            }
            bytes += weight.size() * (dtype == null ? weight.type().bytes() : dtype.bytes());
        }
        return bytes;
    }

    private static void map(
            TorchModule module, PtNDManager scope, WeightEntry weight, Set<Path> mapped)
            throws EngineException {
        if (mapped.add(weight.file())) {
            mapFile(module, scope, weight.file());
        }
    }

    /** The weight as stored, then the update in float32, and only then the wanted type. */
    private static void putUpdated(
            TorchModule module,
            PtNDManager scope,
            WeightEntry weight,
            Set<Path> mapped,
            DType dtype,
            Device device)
            throws EngineException {
        LowRankUpdate update = weight.update();
        String a = weight.name() + ".lora_A";
        String b = weight.name() + ".lora_B";
        map(module, scope, update.a(), mapped);
        map(module, scope, update.b(), mapped);
        put(module, scope, update.a().renamed(a), DType.FLOAT32, device);
        put(module, scope, update.b().renamed(b), DType.FLOAT32, device);
        put(module, scope, weight, null, device);
        long wanted = dtype == null ? weight.type().torchType() : dtype.torchType();
        module.runPlain(
                "merge_low_rank",
                scope,
                scope.create(weight.name()),
                scope.create(update.scale()),
                scope.create(wanted));
    }

    private static void mapFile(TorchModule module, PtNDManager scope, Path file)
            throws EngineException {
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw new EngineException("can't read [" + file + "]: " + e);
        }
        module.runPlain("map_file", scope, scope.create(file.toString()), scope.create(size));
    }

    private static void put(
            TorchModule module, PtNDManager scope, WeightEntry weight, DType dtype, Device device)
            throws EngineException {
        long wanted = dtype == null ? AS_STORED : dtype.torchType();
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
}
