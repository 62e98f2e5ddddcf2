package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.SafetensorsWriter;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;

/** Writes a trained network as a Hugging Face folder: that of its base, with other weights. */
final class WholeModel {

    private final NetworkLearner learner;
    private final LoraMatrices matrices;
    private final Parameters parameters;

    /**
     * @param matrices that are merged; null for none
     */
    WholeModel(NetworkLearner learner, LoraMatrices matrices, Parameters parameters) {
        this.learner = learner;
        this.matrices = matrices;
        this.parameters = parameters;
    }

    /**
     * Writes all tensors of the base in one dtype into a folder that is there, and copies its other
     * files.
     *
     * @throws IOException if it can't be written
     */
    void write(Path folder, Path base, StoredType dtype)
            throws IOException, EngineException, CheckpointException {
        try (Stream<Path> files = Files.list(base)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = file.getFileName().toString();
                if (name.contains(".safetensors") == false) {
                    Path copy = folder.resolve(name);
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        nameDtype(folder.resolve("config.json"), dtype);
        Map<String, String> inside = new HashMap<>();
        learner.weights().forEach((name, entry) -> inside.put(place(entry), name));
        SafetensorsWriter writer = new SafetensorsWriter(dtype);
        for (WeightEntry entry : Checkpoint.open(base).entries().values()) {
            String name = inside.get(place(entry));
            writer.add(entry.name(), entry.shape(), () -> values(name, entry));
        }
        writer.write(folder.resolve("model.safetensors"));
    }

    /**
     * What config.json says of the dtype becomes true; everything else in it stays as it stands.
     */
    private static void nameDtype(Path config, StoredType dtype) throws IOException {
        String name = dtype == StoredType.BF16 ? "bfloat16" : "float32";
        String text = Files.readString(config);
        Files.writeString(
                config,
                text.replaceAll("(\"(?:torch_)?dtype\"\\s*:\\s*)\"\\w+\"", "$1\"" + name + "\""));
    }

    private static String place(WeightEntry entry) {
        return entry.offset() + " " + entry.file().getFileName();
    }

    private float[] values(String name, WeightEntry entry)
            throws EngineException, CheckpointException {
        if (name != null && parameters.names().contains(name)) {
            return parameters.values(name);
        }
        float[] values = StoredFloats.read(entry);
        if (name != null && matrices != null) {
            for (LoraLayer layer : matrices.layers()) {
                if (name.equals(layer.name() + ".weight")) {
                    merge(values, layer);
                }
            }
        }
        return values;
    }

    /** W + scale B A */
    private void merge(float[] weight, LoraLayer layer) throws EngineException {
        float[] a = parameters.values(layer.published("A"));
        float[] b = parameters.values(layer.published("B"));
        int rank = matrices.settings().rank();
        int in = Math.toIntExact(layer.in());
        for (int o = 0; o < layer.out(); o++) {
            for (int i = 0; i < in; i++) {
                double sum = 0;
                for (int r = 0; r < rank; r++) {
                    sum += (double) b[o * rank + r] * a[r * in + i];
                }
                weight[o * in + i] += (float) (matrices.settings().scale() * sum);
            }
        }
    }
}
