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
                if (mapped.add(weight.file())) {
                    mapFile(module, scope, weight.file());
                }
                put(module, scope, weight, dtype, device);
            }
            bytes += weight.size() * (dtype == null ? weight.type().bytes() : dtype.bytes());
        }
        return bytes;
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
