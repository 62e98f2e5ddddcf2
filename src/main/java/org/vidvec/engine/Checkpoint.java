package org.vidvec.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weights of a Hugging Face folder: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} names. Needs no natives.
 *
 * @param folder where it lies
 * @param files its safetensors files, sorted by name
 * @param entries its tensors by name
 */
public record Checkpoint(Path folder, List<Path> files, Map<String, WeightEntry> entries) {

    private static final long MAX_INDEX_BYTES = 64L << 20;
    private static final String SINGLE = "model.safetensors";
    private static final Pattern PICKLE =
            Pattern.compile("(pytorch_model.*\\.bin(\\.index\\.json)?|.*\\.(pt|pth|ckpt|pkl))");
    private static final String INDEX = "model.safetensors.index.json";

    /**
     * Reads and checks all headers.
     *
     * @throws CheckpointException if a file is missing or unusable, naming it
     */
    public static Checkpoint open(Path folder) throws CheckpointException {
        if (Files.exists(folder.resolve(INDEX))) {
            return sharded(folder, weightMap(folder.resolve(INDEX)));
        }
        Path single = folder.resolve(SINGLE);
        if (Files.exists(single) == false) {
            throw new CheckpointException(
                    "no ["
                            + SINGLE
                            + "] and no ["
                            + INDEX
                            + "] in ["
                            + folder
                            + "]"
                            + pickleHint(folder)
                            + "; put the safetensors files of the checkpoint there");
        }
        return new Checkpoint(folder, List.of(single), Safetensors.open(single).entries());
    }

    private static String pickleHint(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(PICKLE.asMatchPredicate())
                    .sorted()
                    .findFirst()
                    .map(n -> " (its [" + n + "] is a pickle, which can run code and is not read)")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static Checkpoint sharded(Path folder, Map<String, String> weightMap)
            throws CheckpointException {
        Map<String, Safetensors> shards = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (String shard : new TreeSet<>(weightMap.values())) {
            try {
                shards.put(shard, Safetensors.open(shardFile(folder, shard)));
            } catch (CheckpointException e) {
                problems.addAll(e.problems());
            }
        }
        Map<String, WeightEntry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, String> e : weightMap.entrySet()) {
            Safetensors shard = shards.get(e.getValue());
            WeightEntry entry = shard == null ? null : shard.entries().get(e.getKey());
            if (entry != null) {
                entries.put(e.getKey(), entry);
            } else if (shard != null) {
                problems.add(
                        "["
                                + folder.resolve(INDEX)
                                + "] says that ["
                                + e.getValue()
                                + "] holds ["
                                + e.getKey()
                                + "], but it does not; download both again");
            }
        }
        CheckpointException.throwIfAny(problems);
        return new Checkpoint(
                folder, shards.values().stream().map(Safetensors::file).toList(), entries);
    }

    private static Path shardFile(Path folder, String shard) throws CheckpointException {
        // an index must not lead out of its folder
        if (shard.isEmpty() || shard.contains("/") || shard.contains("\\") || shard.equals("..")) {
            throw new CheckpointException(
                    "["
                            + folder.resolve(INDEX)
                            + "] names the shard ["
                            + shard
                            + "], which is not a plain file name");
        }
        Path file = folder.resolve(shard);
        if (Files.exists(file) == false) {
            throw new CheckpointException(
                    "shard ["
                            + shard
                            + "], which ["
                            + folder.resolve(INDEX)
                            + "] names, is missing; download it");
        }
        return file;
    }

    private static Map<String, String> weightMap(Path index) throws CheckpointException {
        Map<String, String> map = new LinkedHashMap<>();
        try {
            JsonElement parsed = WholeFile.json(index, MAX_INDEX_BYTES);
            JsonObject weights = parsed.getAsJsonObject().getAsJsonObject("weight_map");
            if (weights == null) {
                throw new CheckpointException(
                        "[" + index + "] has no [weight_map]; download it again");
            }
            weights.entrySet().forEach(e -> map.put(e.getKey(), e.getValue().getAsString()));
        } catch (IllegalStateException | ClassCastException | UnsupportedOperationException e) {
            throw new CheckpointException(
                    "["
                            + index
                            + "] is not the JSON of a shard index: "
                            + e.getMessage()
                            + "; download it again");
        }
        return Collections.unmodifiableMap(map);
    }

    /** Number of weights, tied ones once. */
    public long parameters() {
        return entries.values().stream().mapToLong(WeightEntry::size).sum();
    }
}
