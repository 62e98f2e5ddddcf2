package org.vidvec.cli;

import com.google.gson.annotations.SerializedName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelInfo;
import org.vidvec.model.ModelParts;
import org.vidvec.natives.NativeLibraries;

/**
 * What a model folder is.
 *
 * @param folder where it lies
 * @param family its {@code model_type}; empty if nothing says so
 * @param parameters number of weights in its files
 * @param stored how many of them are stored in which type
 * @param dims length of its vectors; 0 if it can't be described
 * @param layer decoder layer that is read
 * @param layers number of decoder layers
 * @param dtype compute type by device
 * @param memoryBytes of weights by device
 * @param loaded whether it was loaded and run once
 * @param wrong what is missing or wrong, by name; empty for a model that works
 */
record ModelReport(
        String folder,
        String family,
        long parameters,
        Map<String, Long> stored,
        int dims,
        int layer,
        int layers,
        Map<String, String> dtype,
        @SerializedName("memory_bytes") Map<String, Long> memoryBytes,
        boolean loaded,
        List<String> wrong) {

    private static final List<String> DEVICES = List.of("cpu", "cuda:0");

    /**
     * Looks at a folder.
     *
     * @param load whether to load it on the CPU and run it once, which finds damaged weights
     */
    static ModelReport of(NativeLibraries natives, Path folder, boolean load) {
        FolderModelRepository models = repository(folder, natives, "cpu");
        List<String> wrong = new ArrayList<>(models.problems(id(folder)));
        Path weights = weights(models, folder);
        Map<String, Long> stored = stored(weights);
        Map<String, String> dtypes = new LinkedHashMap<>();
        Map<String, Long> memory = new LinkedHashMap<>();
        ModelInfo info = null;
        boolean loaded = false;
        long parameters = stored.values().stream().mapToLong(Long::longValue).sum();
        try {
            if (wrong.isEmpty()) {
                for (String device : DEVICES) {
                    // only float16 is computed in another type elsewhere
                    if (info == null || stored.containsKey("F16")) {
                        info = repository(folder, natives, device).describe(id(folder));
                    }
                    dtypes.put(device, info.dtype());
                    memory.put(device, parameters * DType.of(info.dtype()).bytes());
                }
            }
            if (load && wrong.isEmpty()) {
                try (LoadedModel model = models.load(id(folder))) {
                    loaded = true;
                    dtypes.put("cpu", model.info().dtype());
                    memory.put("cpu", model.memoryBytes());
                }
            }
        } catch (ModelException e) {
            wrong.add(e.getMessage());
        }
        return new ModelReport(
                folder.toString(),
                family(weights),
                parameters,
                stored,
                info == null ? 0 : info.dims(),
                info == null ? 0 : info.layer(),
                info == null ? 0 : info.layers(),
                dtypes,
                memory,
                loaded,
                List.copyOf(wrong));
    }

    /** An adapter in a folder of its own has those of its base. */
    private static Path weights(FolderModelRepository models, Path folder) {
        try {
            return models.weights(id(folder));
        } catch (ModelException e) {
            return folder;
        }
    }

    /** What is wrong with them is said once, by the repository. */
    private static String family(Path folder) {
        try {
            return ModelParts.modelType(folder);
        } catch (CheckpointException e) {
            return "";
        }
    }

    private static Map<String, Long> stored(Path folder) {
        Map<String, Long> stored = new TreeMap<>();
        try {
            Checkpoint.open(folder)
                    .entries()
                    .values()
                    .forEach(e -> stored.merge(e.type().name(), e.size(), Long::sum));
        } catch (CheckpointException e) {
            return Map.of();
        }
        return stored;
    }

    private static FolderModelRepository repository(
            Path folder, NativeLibraries natives, String device) {
        return new FolderModelRepository(folder.getParent(), natives, device, 0);
    }

    private static String id(Path folder) {
        return folder.getFileName().toString();
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("folder      " + folder);
        lines.add("family      " + (family.isEmpty() ? "-" : family));
        lines.add(String.format(Locale.ROOT, "parameters  %,d, stored as %s", parameters, stored));
        if (dims > 0) {
            lines.add("dims        " + dims);
            lines.add("layers      " + layers + "; the vector is read after layer " + layer);
            for (Map.Entry<String, String> device : dtype.entrySet()) {
                double megabytes = memoryBytes.get(device.getKey()) / 1e6;
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "on %-8s %s, %,.1f MB of weights",
                                device.getKey(),
                                device.getValue(),
                                megabytes));
            }
        }
        lines.add("loaded      " + (loaded ? "yes, and run once" : "no"));
        wrong.forEach(problem -> lines.add("wrong       " + problem));
        return lines;
    }
}
